package dev.freshet.write.valkey;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Operations of which those on one place share a call, so that the calls may be answered, fail and be sent again in any
 * order.
 *
 * <p>Puts and removals go in calls of their own: a server without memory asks only before the first write of a script, so a
 * removal would open the door to the puts behind it. Puts are sent before the removals that came with them.
 */
final class Run {
    private static final int CALLS_A_FLUSH = 8;

    private final ValkeyTarget target;
    private final Flight flight;
    private final Map<Place, Call> callOf = new HashMap<>();
    private final List<Call> fullPuts = new ArrayList<>();
    private final List<Call> fullRemovals = new ArrayList<>();
    private Call puts = new Call();
    private Call removals = new Call();

    Run(ValkeyTarget target, Flight flight) {
        this.target = target;
        this.flight = flight;
    }

    /** Whether a write can be part of this run. */
    boolean takes(Place place, EntryWrite write) {
        Call earlier = callOf.get(place);
        return earlier == null || earlier == callFor(write);
    }

    void add(int index, Place place, EntryWrite write) throws InterruptedException {
        Call call = callFor(write);
        callOf.put(place, call);
        call.add(index, write);
        if (call.isFull(target.limits())) {
            close(call);
        }
    }

    /** Sends what is left and waits for every reply. */
    void finish() throws InterruptedException {
        sendAll();
        flight.land();
    }

    private void close(Call call) throws InterruptedException {
        if (call == puts) {
            fullPuts.add(call);
            puts = new Call();
            if (fullPuts.size() >= CALLS_A_FLUSH) {
                flight.send(fullPuts);
                fullPuts.clear();
            }
        } else {
            fullRemovals.add(call);
            removals = new Call();
            if (fullRemovals.size() >= CALLS_A_FLUSH) {
                sendAll();
            }
        }
    }

    private void sendAll() throws InterruptedException {
        List<Call> all = new ArrayList<>(fullPuts);
        all.add(puts);
        all.addAll(fullRemovals);
        all.add(removals);
        all.removeIf(Call::isEmpty);
        fullPuts.clear();
        fullRemovals.clear();
        puts = new Call();
        removals = new Call();
        flight.send(all);
    }

    private Call callFor(EntryWrite write) {
        return write.isPut() ? puts : removals;
    }
}
