package dev.freshet.write.valkey;

import dev.freshet.write.WriteResult;
import java.util.ArrayList;
import java.util.List;

/**
 * Removals that a {@link Walk} finds, sent page by page.
 *
 * <p>The first page must arrive before the deadline of what was planned, each further one before that of the moment when
 * the page before it was done: a process that is stopped in between still comes too late, and a walk over many keys does
 * not.
 */
final class Clearance {
    private final Link link;
    private final Departures departures;
    private final ValkeyLimits limits;
    private final List<Call> calls = new ArrayList<>();
    private Call call = new Call();
    private long aliveAtNanos;
    private WriteResult worst = Outcomes.APPLIED;

    Clearance(Link link, Departures departures, long plannedAtNanos) {
        this.link = link;
        this.departures = departures;
        this.limits = departures.target().limits();
        this.aliveAtNanos = plannedAtNanos;
    }

    void add(EntryWrite removal) {
        call.add(0, removal);
        if (call.isFull(limits)) {
            calls.add(call);
            call = new Call();
        }
    }

    /** Sends what was added and waits; what became of the worst of it since the beginning. */
    WriteResult send() throws InterruptedException {
        if (!call.isEmpty()) {
            calls.add(call);
            call = new Call();
        }
        Flight flight = new Flight(
                link, departures.plannedAt(aliveAtNanos), (index, result) -> worst = Outcomes.worse(worst, result));
        flight.send(calls);
        flight.land();
        calls.clear();
        aliveAtNanos = System.nanoTime();
        return worst;
    }
}
