package dev.freshet.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.servers.CacheServer;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.sync.RedisCommands;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/** Looks at all entries all the time: prices of a {@link PriceLoad} only rise, so whoever sees one fall has seen it go back. */
final class PriceReader implements AutoCloseable {
    private final CacheServer cache;
    private final AtomicBoolean closing = new AtomicBoolean();
    private final AtomicReference<String> wrong = new AtomicReference<>("");
    private final Thread thread;
    private long looks;

    PriceReader(CacheServer cache) {
        this.cache = cache;
        this.thread = Thread.startVirtualThread(this::read);
    }

    private void read() {
        RedisClient own = RedisClient.create(RedisURI.create(cache.uri()));
        RedisCommands<String, String> commands = own.connect().sync();
        Map<String, Long> seen = new HashMap<>();
        String[] keys = IntStream.rangeClosed(1, PriceLoad.ROWS)
                .mapToObj(id -> "product:" + id)
                .toArray(String[]::new);
        while (!closing.get()) {
            commands.mget(keys).forEach(entry -> {
                long price = entry.hasValue() ? Long.parseLong(entry.getValue()) : 0;
                Long before = entry.hasValue() ? seen.put(entry.getKey(), price) : null;
                if (before != null && before > price) {
                    wrong.set(entry.getKey() + " went from " + before + " to " + price);
                }
                looks++;
            });
            LockSupport.parkNanos(1_000_000);
        }
        own.shutdown();
    }

    /** Fails where one fell. */
    @Override
    public void close() throws InterruptedException {
        closing.set(true);
        thread.join();
        assertThat(wrong.get()).isEmpty();
        assertThat(looks).isGreaterThan(10_000);
    }
}
