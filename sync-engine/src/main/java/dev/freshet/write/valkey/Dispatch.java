package dev.freshet.write.valkey;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshet.plan.Operation;
import dev.freshet.write.WriteResult;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** What one change says to one stream or to one channel. A stream takes all of it or nothing. */
final class Dispatch {
    private static final byte[] ALL = {'0'};

    private final List<byte[]> keys;
    private final List<byte[]> head;
    private final boolean isTrimmed;
    private final List<Integer> indexes = new ArrayList<>();
    private final List<byte[]> messages = new ArrayList<>();
    private int bytes;

    private Dispatch(List<byte[]> keys, List<byte[]> head, boolean isTrimmed) {
        this.keys = keys;
        this.head = head;
        this.isTrimmed = isTrimmed;
        keys.forEach(key -> bytes += key.length);
        head.forEach(each -> bytes += each.length);
    }

    /**
     * To a stream.
     *
     * @param first any of the messages
     * @param pipeline whose fence it is
     */
    static Dispatch toStream(byte[] stream, String pipeline, Operation.Publish first) {
        return new Dispatch(
                List.of(stream, fenceOf(stream, pipeline)),
                List.of(
                        bytes("S"),
                        first.version().toBytes(),
                        bytes(first.version().toString()),
                        bytes(Long.toString(Math.max(0, first.committedAt().toEpochMilli())))),
                true);
    }

    static Dispatch toChannel(byte[] channel) {
        return new Dispatch(List.of(), List.of(bytes("C"), channel), false);
    }

    /** The name of the fence of a stream: each pipeline that adds to the stream has its own. */
    static byte[] fenceOf(byte[] stream, String pipeline) {
        return PartNames.beside(stream, "S" + pipeline);
    }

    /** Adds a message; {@code index} is the operation's. */
    void add(int index, byte[] value, OptionalInt maxLength) {
        indexes.add(index);
        if (isTrimmed) {
            messages.add(maxLength.isEmpty() ? ALL : bytes(Integer.toString(maxLength.getAsInt())));
        }
        messages.add(value);
        bytes += value.length;
    }

    /** Of names, version and values together. */
    int bytes() {
        return bytes;
    }

    List<byte[]> keys() {
        return keys;
    }

    /** What the script is told of it. */
    List<byte[]> arguments() {
        List<byte[]> all = new ArrayList<>(head);
        all.add(bytes(Integer.toString(indexes.size())));
        all.addAll(messages);
        return all;
    }

    /** The same for every message. */
    void settle(WriteResult result, Outcomes outcomes) {
        indexes.forEach(index -> outcomes.settle(index, result));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
