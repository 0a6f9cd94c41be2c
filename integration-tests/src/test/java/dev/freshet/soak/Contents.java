package dev.freshet.soak;

import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanIterator;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Everything that the cache holds under the rules' keys, as texts that can be compared. */
final class Contents {
    private static final int SHOWN = 10;

    private Contents() {}

    static Map<String, String> of(StatefulRedisConnection<String, String> connection) {
        Map<String, CompletionStage<String>> asked = new TreeMap<>();
        for (String prefix : Catalogue.PREFIXES) {
            ScanIterator.scan(
                            connection.sync(),
                            ScanArgs.Builder.matches(prefix + "*").limit(5_000))
                    .forEachRemaining(key -> asked.put(key, text(connection.async(), key)));
        }
        Map<String, String> all = new TreeMap<>();
        asked.forEach((key, answer) ->
                all.put(key, String.valueOf(answer.toCompletableFuture().join())));
        return all;
    }

    private static CompletionStage<String> text(RedisAsyncCommands<String, String> commands, String key) {
        if (key.startsWith("facts:")) {
            return commands.hgetall(key).thenApply(fields -> new TreeMap<>(fields).toString());
        }
        if (key.startsWith("noted:")) {
            return commands.smembers(key).thenApply(members -> String.join(" ", new TreeSet<>(members)));
        }
        if (key.startsWith("events:")) {
            return commands.xlen(key).thenApply(String::valueOf);
        }
        return commands.get(key);
    }

    /** The first few that are not as they should be; none where all are. */
    static List<String> differences(Map<String, String> cached, Map<String, String> expected) {
        Set<String> keys = new TreeSet<>(cached.keySet());
        keys.addAll(expected.keySet());
        return keys.stream()
                .filter(key -> !agree(key, cached.get(key), expected.get(key)))
                .limit(SHOWN)
                .map(key -> key + " is " + shortly(cached.get(key)) + ", and should be " + shortly(expected.get(key)))
                .toList();
    }

    /** Streams of which nothing is known hold what they hold. */
    private static boolean agree(String key, @Nullable String cached, @Nullable String expected) {
        return Objects.equals(cached, expected) || (key.startsWith("events:") && expected == null);
    }

    private static String shortly(@Nullable String value) {
        return value == null || value.length() < 100 ? String.valueOf(value) : value.substring(0, 100) + "...";
    }
}
