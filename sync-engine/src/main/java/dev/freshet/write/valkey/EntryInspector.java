package dev.freshet.write.valkey;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshet.plan.CacheKey;
import dev.freshet.write.TargetAwayException;
import io.lettuce.core.protocol.CommandType;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads entries with their fences, for people and tests; writes nothing. */
public final class EntryInspector {
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
                Link.args().add(Script.INSPECT.text()).add(2).add(name).add(SlotTags.fenceOf(name))));
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
            case "hash" -> {
                Map<String, String> fields = new LinkedHashMap<>();
                for (int i = 4; i < reply.size(); i += 2) {
                    fields.put(text(reply, i), text(reply, i + 1));
                }
                yield new Inspection.Cached.Hash(fields);
            }
            default -> new Inspection.Cached.Other(type);
        };
    }

    private static Optional<Duration> millis(List<byte[]> reply, int index) {
        long millis = Long.parseLong(text(reply, index));
        return millis < 0 ? Optional.empty() : Optional.of(Duration.ofMillis(millis));
    }

    private static String text(List<byte[]> reply, int index) {
        return new String(reply.get(index), UTF_8);
    }
}
