package dev.freshet.write.valkey;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshet.plan.CacheKey;
import dev.freshet.write.TargetAwayException;
import io.lettuce.core.protocol.CommandType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/** Reads entries with their fences, for people and tests; writes nothing. */
public final class EntryInspector {
    /** How many members of a set, and how many messages, are read of what may be millions. */
    public static final int SOME = 20;

    private final ValkeyConnection connection;

    /** An inspector on a connection that outlives it. */
    public EntryInspector(ValkeyConnection connection) {
        this.connection = connection;
    }

    /**
     * The entry and its fence, read together.
     *
     * @throws TargetAwayException where the server does not answer, or answers with an error
     */
    public Inspection inspect(CacheKey key) throws TargetAwayException {
        byte[] name = connection.target().key(key.text());
        List<byte[]> reply = connection.ask(Link.listCommand(
                CommandType.EVAL,
                Link.args()
                        .add(Script.INSPECT.text())
                        .add(2)
                        .add(name)
                        .add(SlotTags.fenceOf(name))
                        .add(SOME)));
        return new Inspection(
                new String(name, UTF_8),
                cached(text(reply, 0), reply),
                millis(reply, 1),
                Fence.unpack(reply.get(2))
                        .flatMap(fence -> millis(reply, 3).map(expiresIn -> new Inspection.Guard(fence, expiresIn))));
    }

    private static Inspection.Cached cached(String type, List<byte[]> reply) {
        return switch (type) {
            case "none" -> new Inspection.Cached.Absent();
            case "string" -> new Inspection.Cached.Text(text(reply, 4));
            case "hash" -> new Inspection.Cached.Hash(pairs(reply, 4, reply.size()));
            case "set" -> {
                List<String> some = new ArrayList<>();
                for (int i = 5; i < reply.size(); i++) {
                    some.add(text(reply, i));
                }
                yield new Inspection.Cached.Members(number(reply, 4), some);
            }
            case "zset" -> new Inspection.Cached.Scored(number(reply, 4), pairs(reply, 5, reply.size()));
            case "stream" -> {
                List<Inspection.Message> newest = new ArrayList<>();
                for (int i = 5; i < reply.size(); ) {
                    int end = i + 2 + (int) number(reply, i + 1);
                    newest.add(new Inspection.Message(text(reply, i), pairs(reply, i + 2, end)));
                    i = end;
                }
                yield new Inspection.Cached.Messages(number(reply, 4), newest);
            }
            default -> new Inspection.Cached.Other(type);
        };
    }

    private static SequencedMap<String, String> pairs(List<byte[]> reply, int from, int to) {
        SequencedMap<String, String> pairs = new LinkedHashMap<>();
        for (int i = from; i < to; i += 2) {
            pairs.put(text(reply, i), text(reply, i + 1));
        }
        return pairs;
    }

    private static Optional<Duration> millis(List<byte[]> reply, int index) {
        long millis = number(reply, index);
        return millis < 0 ? Optional.empty() : Optional.of(Duration.ofMillis(millis));
    }

    private static long number(List<byte[]> reply, int index) {
        return Long.parseLong(text(reply, index));
    }

    private static String text(List<byte[]> reply, int index) {
        return new String(reply.get(index), UTF_8);
    }
}
