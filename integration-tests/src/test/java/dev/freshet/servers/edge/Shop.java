package dev.freshet.servers.edge;

import dev.freshet.servers.CacheServer;
import dev.freshet.servers.Servers;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;

/** A cache with products, and the application that makes pages of them: what stands behind an edge. Used by one thread. */
public final class Shop implements AutoCloseable {
    private final CacheServer cache = Servers.chosen().cache();
    private final RedisClient client = RedisClient.create(cache.uri().toString());
    private final RedisCommands<String, String> entries = client.connect().sync();
    private final Origin origin = Origin.of(cache);
    private int last;

    public Origin origin() {
        return origin;
    }

    /** A product that no test has seen yet. */
    public int product(String content) {
        last++;
        change(last, content);
        return last;
    }

    public void change(int product, String content) {
        entries.set("product:" + product, content);
    }

    @Override
    public void close() {
        origin.close();
        client.shutdown();
        cache.close();
    }
}
