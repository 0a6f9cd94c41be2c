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
import java.util.List;

/**
 * Removes every entry that a pattern matches, page by page over the whole keyspace. The server's SCAN promises each key
 * that is there from beginning to end; keys written meanwhile are newer than the sweep, or older ones that the barrier of
 * {@link Delivery} keeps out.
 */
final class KeyspaceSweep {
    private static final int PAGE = 1_000;

    private final ValkeyTarget target;
    private final Link link;
    private final long leaderEpoch;
    private final Flight.Departure departure;
    private final byte[] prefix;
    private WriteResult worst = Outcomes.APPLIED;

    KeyspaceSweep(ValkeyTarget target, Link link, long leaderEpoch, Flight.Departure departure) {
        this.target = target;
        this.link = link;
        this.leaderEpoch = leaderEpoch;
        this.departure = departure;
        this.prefix = target.key("");
    }

    /** Stops at the first page that is put off: the whole sweep is repeated then. */
    WriteResult sweep(Operation.Sweep sweep) throws InterruptedException {
        byte[] fence = Fence.pack(sweep.version(), leaderEpoch, Fence.State.SWEPT, Fence.owner(sweep.table()));
        byte[] glob = (escaped(target.prefix()) + sweep.pattern().glob()).getBytes(UTF_8);
        String cursor = "0";
        do {
            switch (link.ask(page(cursor, glob))) {
                case Reply.Value<KeyScanCursor<byte[]>>(KeyScanCursor<byte[]> page) -> {
                    remove(matching(page.getKeys(), sweep), fence);
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

    private static AsyncCommand<byte[], byte[], KeyScanCursor<byte[]>> page(String cursor, byte[] glob) {
        return Link.command(
                CommandType.SCAN,
                new KeyScanOutput<>(ByteArrayCodec.INSTANCE),
                Link.args().add(cursor).add("MATCH").add(glob).add("COUNT").add(PAGE));
    }

    private List<byte[]> matching(List<byte[]> keys, Operation.Sweep sweep) {
        return keys.stream().filter(key -> matches(key, sweep)).toList();
    }

    private boolean matches(byte[] key, Operation.Sweep sweep) {
        if (key.length <= prefix.length || !Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length)) {
            return false;
        }
        String text = new String(key, prefix.length, key.length - prefix.length, UTF_8);
        return sweep.pattern().matches(text) && !ValkeyTarget.isOwn(text) && !SlotTags.isFence(key);
    }

    private void remove(List<byte[]> keys, byte[] fence) throws InterruptedException {
        List<Call> calls = new ArrayList<>();
        Call call = new Call();
        for (byte[] key : keys) {
            call.add(0, key, fence, List.of());
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
