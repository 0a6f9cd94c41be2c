package dev.freshet.write.valkey;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshet.plan.CacheKey;
import dev.freshet.plan.Entry;
import dev.freshet.plan.Expiry;
import dev.freshet.plan.Operation;
import dev.freshet.write.WriteResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Operations of which those on one key share a call, so that the calls may be answered, fail and be sent again in any
 * order.
 *
 * <p>Puts and removals go in calls of their own: a server without memory asks only before the first write of a script, so a
 * removal would open the door to the puts behind it. Puts are sent before the removals that came with them.
 */
final class Run {
    private static final int CALLS_A_FLUSH = 8;
    private static final byte[] FOR_EVER = {'0'};
    /** Far enough, and no overflow in any server. */
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private final ValkeyTarget target;
    private final long leaderEpoch;
    private final Flight flight;
    private final Outcomes outcomes;
    private final Map<CacheKey, Call> callOf = new HashMap<>();
    private final List<Call> fullPuts = new ArrayList<>();
    private final List<Call> fullRemovals = new ArrayList<>();
    private Call puts = new Call();
    private Call removals = new Call();

    Run(ValkeyTarget target, long leaderEpoch, Flight flight, Outcomes outcomes) {
        this.target = target;
        this.leaderEpoch = leaderEpoch;
        this.flight = flight;
        this.outcomes = outcomes;
    }

    /** Whether the operation can be part of this run. */
    boolean takes(Operation.OnEntry operation) {
        Call earlier = callOf.get(operation.key());
        return earlier == null || earlier == callFor(operation);
    }

    void add(int index, Operation.OnEntry operation) throws InterruptedException {
        if (ValkeyTarget.isOwn(operation.key().text())) {
            outcomes.settle(index, new WriteResult.Rejected("keys that begin like this one are Freshet's own"));
            return;
        }
        byte[] fence = Fence.pack(operation.version(), leaderEpoch, state(operation), owner(operation));
        List<byte[]> values = values(operation);
        long bytes = 0;
        for (byte[] value : values) {
            bytes += value.length;
        }
        if (bytes > target.limits().bytesPerEntry()) {
            outcomes.settle(
                    index,
                    new WriteResult.Rejected("the entry has " + bytes + " bytes, more than "
                            + target.limits().bytesPerEntry()));
            return;
        }
        Call call = callFor(operation);
        callOf.put(operation.key(), call);
        call.add(index, target.key(operation.key().text()), fence, values);
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

    private Call callFor(Operation.OnEntry operation) {
        return switch (operation) {
            case Operation.Put put -> puts;
            case Operation.Remove remove -> removals;
            case Operation.Invalidate invalidate -> removals;
        };
    }

    private static Fence.State state(Operation.OnEntry operation) {
        return switch (operation) {
            case Operation.Put put ->
                switch (put.entry()) {
                    case Entry.Text text -> Fence.State.STRING;
                    case Entry.Json json -> Fence.State.STRING;
                    case Entry.Hash hash -> Fence.State.HASH;
                };
            case Operation.Remove remove -> Fence.State.REMOVED;
            case Operation.Invalidate invalidate -> Fence.State.INVALIDATED;
        };
    }

    private static String owner(Operation.OnEntry operation) {
        return switch (operation) {
            case Operation.Put put -> Fence.owner(put.owner());
            case Operation.Remove remove -> Fence.owner(remove.owner());
            case Operation.Invalidate invalidate -> "";
        };
    }

    private static List<byte[]> values(Operation.OnEntry operation) {
        return switch (operation) {
            case Operation.Put put ->
                switch (put.entry()) {
                    case Entry.Text(String value) -> List.of(timeToLive(put.expiry()), value.getBytes(UTF_8));
                    case Entry.Json json ->
                        List.of(timeToLive(put.expiry()), json.value().utf8());
                    case Entry.Hash(Map<String, String> fields) -> hash(timeToLive(put.expiry()), fields);
                };
            case Operation.Remove remove -> List.of();
            case Operation.Invalidate invalidate -> List.of();
        };
    }

    private static List<byte[]> hash(byte[] timeToLive, Map<String, String> fields) {
        List<byte[]> values = new ArrayList<>(2 + 2 * fields.size());
        values.add(timeToLive);
        values.add(decimal(2L * fields.size()));
        fields.forEach((name, value) -> {
            values.add(name.getBytes(UTF_8));
            values.add(value.getBytes(UTF_8));
        });
        return values;
    }

    private static byte[] timeToLive(Expiry expiry) {
        return switch (expiry) {
            case Expiry.Never never -> FOR_EVER;
            case Expiry.After(Duration duration) ->
                decimal(Math.max(1, (duration.compareTo(LONGEST) < 0 ? duration : LONGEST).toMillis()));
            case Expiry.At at -> throw new IllegalStateException("rejected before");
        };
    }

    private static byte[] decimal(long number) {
        return Long.toString(number).getBytes(UTF_8);
    }
}
