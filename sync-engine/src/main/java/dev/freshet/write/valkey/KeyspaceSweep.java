package dev.freshet.write.valkey;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshet.plan.Operation;
import dev.freshet.write.WriteResult;
import io.lettuce.core.KeyScanCursor;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.KeyScanOutput;
import io.lettuce.core.protocol.AsyncCommand;
import io.lettuce.core.protocol.CommandType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Removes every entry that a pattern of any sweep matches, page by page in one pass over the whole keyspace. The server's
 * SCAN promises each key that is there from beginning to end; keys written meanwhile are newer than the sweep, or older ones
 * that the barrier of {@link Delivery} keeps out.
 *
 * <p>The first page must arrive before the deadline of what was planned, each further one before that of the moment when
 * the page before it was done: a process that is stopped in between still comes too late, and a sweep of many keys does not.
 */
final class KeyspaceSweep {
    private static final int PAGE = 1_000;

    private final ValkeyTarget target;
    private final Link link;
    private final long leaderEpoch;
    private final Departures departures;
    private final byte[] prefix;
    private WriteResult worst = Outcomes.APPLIED;

    KeyspaceSweep(ValkeyTarget target, Link link, long leaderEpoch, Departures departures) {
        this.target = target;
        this.link = link;
        this.leaderEpoch = leaderEpoch;
        this.departures = departures;
        this.prefix = target.key("");
    }

    /** Stops at the first page that is put off: all of it is repeated then. */
    WriteResult sweep(List<Operation.Sweep> sweeps, long plannedAtNanos) throws InterruptedException {
        Map<Operation.Sweep, byte[]> fences = new LinkedHashMap<>();
        for (Operation.Sweep sweep : sweeps) {
            String owner = Fence.owner(sweep.table());
            fences.put(sweep, Fence.pack(sweep.version(), leaderEpoch, Fence.State.SWEPT, owner));
        }
        byte[] glob = (escaped(target.prefix()) + common(sweeps)).getBytes(UTF_8);
        long aliveAtNanos = plannedAtNanos;
        String cursor = "0";
        do {
            switch (link.ask(page(cursor, glob))) {
                case Reply.Value<KeyScanCursor<byte[]>>(KeyScanCursor<byte[]> page) -> {
                    remove(page.getKeys(), fences, departures.plannedAt(aliveAtNanos));
                    aliveAtNanos = System.nanoTime();
                    cursor = page.getCursor();
                }
                case Reply.Refused<KeyScanCursor<byte[]>>(String error) -> {
                    link.refused(error);
                    return ServerError.retry(error);
                }
                case Reply.Lost<KeyScanCursor<byte[]>>(WriteResult.RetryAfter why) -> {
                    return why;
                }
            }
        } while (!cursor.equals("0") && goesOn());
        return worst;
    }

    /** A glob that matches what any of them matches, and perhaps more. */
    private static String common(List<Operation.Sweep> sweeps) {
        List<String> globs =
                sweeps.stream().map(sweep -> sweep.pattern().glob()).distinct().toList();
        return globs.size() == 1 ? globs.getFirst() : "*";
    }

    private static AsyncCommand<byte[], byte[], KeyScanCursor<byte[]>> page(String cursor, byte[] glob) {
        return Link.command(
                CommandType.SCAN,
                new KeyScanOutput<>(ByteArrayCodec.INSTANCE),
                Link.args().add(cursor).add("MATCH").add(glob).add("COUNT").add(PAGE));
    }

    private void remove(List<byte[]> keys, Map<Operation.Sweep, byte[]> fences, Flight.Departure departure)
            throws InterruptedException {
        List<Call> calls = new ArrayList<>();
        Call call = new Call();
        for (byte[] key : keys) {
            Optional<String> text = entry(key);
            if (text.isEmpty()) {
                continue;
            }
            for (Map.Entry<Operation.Sweep, byte[]> each : fences.entrySet()) {
                if (each.getKey().pattern().matches(text.get())) {
                    call.add(0, key, each.getValue(), List.of());
                }
            }
            if (call.isFull(departure.limits())) {
                calls.add(call);
                call = new Call();
            }
        }
        if (!call.isEmpty()) {
            calls.add(call);
        }
        Flight flight = new Flight(link, departure, (index, result) -> worst = worse(worst, result));
        flight.send(calls);
        flight.land();
    }

    /** A key without the prefix; empty where it is none of the entries' keys. */
    private Optional<String> entry(byte[] key) {
        if (key.length <= prefix.length || !Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length)) {
            return Optional.empty();
        }
        String text = new String(key, prefix.length, key.length - prefix.length, UTF_8);
        return ValkeyTarget.isOwn(text) || SlotTags.isFence(key) ? Optional.empty() : Optional.of(text);
    }

    private boolean goesOn() {
        return switch (worst) {
            case WriteResult.Applied applied -> true;
            case WriteResult.Superseded superseded -> true;
            case WriteResult.Rejected rejected -> true;
            case WriteResult.RetryAfter retry -> false;
            case WriteResult.Late late -> false;
        };
    }

    /** What is put off comes before what is rejected, and both before what was done or need not be. */
    private static WriteResult worse(WriteResult one, WriteResult other) {
        return rank(other) > rank(one) ? other : one;
    }

    private static int rank(WriteResult result) {
        return switch (result) {
            case WriteResult.Superseded superseded -> 0;
            case WriteResult.Applied applied -> 0;
            case WriteResult.Rejected rejected -> 1;
            case WriteResult.RetryAfter retry -> 2;
            case WriteResult.Late late -> 3;
        };
    }

    /** The prefix as a glob that matches it alone. */
    private static String escaped(String prefix) {
        return prefix.replaceAll("[\\\\*?\\[\\]^-]", "\\\\$0");
    }
}
