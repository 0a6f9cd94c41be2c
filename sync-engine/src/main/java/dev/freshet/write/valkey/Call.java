package dev.freshet.write.valkey;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshet.write.WriteResult;
import io.lettuce.core.protocol.AsyncCommand;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import java.util.ArrayList;
import java.util.List;

/** The entries of one call of the write script, and the reading of its reply. */
final class Call {
    private final List<byte[]> keys = new ArrayList<>();
    private final List<byte[]> arguments = new ArrayList<>();
    private final List<Integer> indexes = new ArrayList<>();
    private int bytes;

    /**
     * Adds one entry.
     *
     * @param index the operation's
     * @param fence the new one, as {@link Fence#pack} makes it
     * @param values what the script wants besides for that fence's state
     */
    void add(int index, byte[] key, byte[] fence, List<byte[]> values) {
        indexes.add(index);
        byte[] fenceKey = SlotTags.fenceOf(key);
        keys.add(key);
        keys.add(fenceKey);
        arguments.add(fence);
        arguments.addAll(values);
        bytes += key.length + fenceKey.length + fence.length;
        for (byte[] value : values) {
            bytes += value.length;
        }
    }

    boolean isEmpty() {
        return indexes.isEmpty();
    }

    boolean isFull(ValkeyLimits limits) {
        return indexes.size() >= limits.entriesPerCall() || bytes >= limits.bytesPerCall();
    }

    int bytes() {
        return bytes;
    }

    /** A new command each time: a call may be sent again. */
    AsyncCommand<byte[], byte[], List<byte[]>> command(long deadlineMillis, long windowMillis) {
        CommandArgs<byte[], byte[]> args = Link.args().add(Script.WRITE.sha1()).add(keys.size());
        keys.forEach(args::add);
        args.add(deadlineMillis).add(windowMillis);
        arguments.forEach(args::add);
        return Link.listCommand(CommandType.EVALSHA, args);
    }

    /** Reads the letters and errors that the script returned. */
    void settle(List<byte[]> reply, Link link, Outcomes outcomes) {
        byte[] letters = reply.getFirst();
        if (letters.length != indexes.size()) {
            throw new IllegalStateException(letters.length + " results for " + indexes.size() + " entries");
        }
        int errors = 0;
        for (int i = 0; i < letters.length; i++) {
            WriteResult result = switch (letters[i]) {
                case 'A' -> Outcomes.APPLIED;
                case 'S', 'O' -> Outcomes.SUPERSEDED;
                case 'L' -> Outcomes.LATE;
                case 'E' -> link.refused(new String(reply.get(++errors), UTF_8));
                default -> throw new IllegalStateException("no such result: " + letters[i]);
            };
            outcomes.settle(indexes.get(i), result);
        }
    }

    /** The same for every entry. */
    void settle(WriteResult result, Outcomes outcomes) {
        indexes.forEach(index -> outcomes.settle(index, result));
    }
}
