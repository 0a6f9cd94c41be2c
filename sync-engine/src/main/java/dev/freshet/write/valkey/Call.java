package dev.freshet.write.valkey;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshet.write.WriteResult;
import io.lettuce.core.protocol.AsyncCommand;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import java.util.ArrayList;
import java.util.List;

/** The writes of one call of the write script, and the reading of its reply. */
final class Call {
    private final List<EntryWrite> writes = new ArrayList<>();
    private final List<Integer> indexes = new ArrayList<>();
    private int bytes;

    /** Adds one; {@code index} is the operation's. */
    void add(int index, EntryWrite write) {
        indexes.add(index);
        writes.add(write);
        bytes += write.bytes();
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
        List<byte[]> tagIndexes = new ArrayList<>();
        writes.forEach(write -> {
            tagIndexes.addAll(write.joins());
            tagIndexes.addAll(write.leaves());
        });
        CommandArgs<byte[], byte[]> args =
                Link.args().add(Script.WRITE.sha1()).add(2 * writes.size() + tagIndexes.size());
        writes.forEach(write -> args.add(write.key()).add(write.fenceKey()));
        tagIndexes.forEach(args::add);
        args.add(deadlineMillis).add(windowMillis).add(writes.size());
        int nextTag = 2 * writes.size() + 1;
        for (EntryWrite write : writes) {
            int tags = write.joins().size() + write.leaves().size();
            args.add(write.fence());
            if (tags == 0) {
                args.add(write.values().size());
            } else {
                args.add(write.values().size() + " " + write.joins().size() + " "
                        + write.leaves().size());
            }
            for (int i = 0; i < tags; i++) {
                args.add(nextTag++);
            }
            write.values().forEach(args::add);
        }
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
