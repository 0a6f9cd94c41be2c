package dev.freshet.sidecar.demo;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SetArgs;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.Delay;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The shop's connection to its cache, shared by all readers. A cache that is away is a cache without entries, at once and
 * without an error, as in an application that would rather be slow than down.
 */
final class CacheConnection implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(1);
    private static final Duration TO_ANSWER = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofMillis(50);

    private final ClientResources resources;
    private final RedisClient client;
    private final StatefulRedisConnection<String, String> connection;

    private CacheConnection(
            ClientResources resources, RedisClient client, StatefulRedisConnection<String, String> connection) {
        this.resources = resources;
        this.client = client;
        this.connection = connection;
    }

    /** Waits until the server answers. */
    static CacheConnection open(CacheServer server) throws DemoException, InterruptedException {
        var address = RedisURI.builder()
                .withHost("127.0.0.1")
                .withPort(server.port())
                .withPassword(server.password().toCharArray())
                .withTimeout(LIMIT)
                .build();
        var resources =
                ClientResources.builder().reconnectDelay(Delay.constant(PAUSE)).build();
        var client = RedisClient.create(resources, address);
        client.setOptions(ClientOptions.builder()
                .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                .build());
        var connection = new AtomicReference<StatefulRedisConnection<String, String>>();
        boolean answered = Patience.within(TO_ANSWER, () -> {
            server.requireAlive();
            try {
                connection.set(client.connect());
                return true;
            } catch (RedisException notYet) {
                return false;
            }
        });
        if (!answered) {
            throw new DemoException("the cache server does not answer");
        }
        return new CacheConnection(resources, client, connection.get());
    }

    Optional<String> get(String key) {
        try {
            return Optional.ofNullable(connection.sync().get(key));
        } catch (RedisException away) {
            return Optional.empty();
        }
    }

    /** Values in the order of the keys. */
    List<Optional<String>> get(Collection<String> keys) {
        try {
            return connection.sync().mget(keys.toArray(String[]::new)).stream()
                    .map(value -> Optional.ofNullable(value.getValueOrElse(null)))
                    .toList();
        } catch (RedisException away) {
            return keys.stream().map(key -> Optional.<String>empty()).toList();
        }
    }

    void set(String key, String value, Duration ttl) {
        try {
            connection.sync().set(key, value, SetArgs.Builder.px(ttl));
        } catch (RedisException away) {
            return;
        }
    }

    @Override
    public void close() {
        connection.close();
        client.shutdown(Duration.ZERO, LIMIT);
        var unused = resources.shutdown(0, LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    }
}
