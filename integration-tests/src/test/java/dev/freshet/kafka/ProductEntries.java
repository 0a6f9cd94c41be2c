package dev.freshet.kafka;

import static dev.freshet.servers.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.servers.CacheServer;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.sync.RedisCommands;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** A cache's entries {@code product:{id} = {price}}. */
final class ProductEntries implements AutoCloseable {
    private static final Duration SOON = Duration.ofSeconds(90);

    private final RedisClient client;
    private final RedisCommands<String, String> commands;

    ProductEntries(CacheServer cache) {
        this.client = RedisClient.create(RedisURI.create(cache.uri()));
        this.commands = client.connect().sync();
    }

    RedisCommands<String, String> commands() {
        return commands;
    }

    /** Prices by id. */
    Map<Integer, Long> all() {
        Map<Integer, Long> found = new TreeMap<>();
        for (String key : commands.keys("product:*")) {
            found.put(
                    Integer.valueOf(key.substring("product:".length())),
                    Long.valueOf(String.valueOf(commands.get(key))));
        }
        return found;
    }

    /** Returns when they are what the topic's rows are. */
    void awaitRight(ProductTopic topic) {
        topic.flush();
        eventually(SOON, () -> assertThat(all()).isEqualTo(topic.rows()));
    }

    @Override
    public void close() {
        client.shutdown();
    }
}
