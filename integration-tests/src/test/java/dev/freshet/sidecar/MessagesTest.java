package dev.freshet.sidecar;

import static dev.freshet.servers.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.servers.CacheServer;
import dev.freshet.servers.DatabaseServer;
import dev.freshet.servers.FreshetCommand;
import dev.freshet.servers.FreshetProcess;
import dev.freshet.servers.Servers;
import io.lettuce.core.Range;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.PGConnection;

/** Streams and channels, from SQL to whoever reads them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init")
final class MessagesTest {
    private static final Duration SOON = Duration.ofSeconds(60);

    private static final String RULES = """
              outbox:
                table: public.outbox
                when: change.op == "insert"
                publish: [{stream: "events:{topic}", value: {id: id, payload: payload}}]
              status:
                table: public.orders
                put: [{key: "order:{id}", as: string, value: "{status}", ttl: none}]
              told:
                table: public.orders
                when: before.status != after.status
                publish:
                  - {stream: status, value: {id: id, from: before.status, to: after.status}}
                  - {stream: status, value: {op: change.op}}
                  - {channel: "order-{id}", value: {to: after.status}}
            """;

    @TempDir
    private static Path folder;

    private DatabaseServer database;
    private CacheServer cache;
    private FreshetProcess run;
    private RedisClient client;
    private StatefulRedisConnection<String, String> connection;
    private RedisCommands<String, String> streams;
    private String path;

    @BeforeAll
    void start() throws SQLException {
        database = Servers.chosen().postgres();
        cache = Servers.chosen().cache();
        database.execute(
                "create table outbox (id int primary key, topic text, payload jsonb)",
                "create table orders (id int primary key, status text)",
                "alter table outbox replica identity full",
                "alter table orders replica identity full",
                "insert into outbox values (0, 'bulk', '{}')",
                "insert into orders values (1, 'new'), (2, 'new')");
        path = RuleFile.of(database, cache).withRules(RULES).in(folder).toString();
        run = FreshetCommand.freshet("run", "-c", path).start();
        run.awaitLine("health and metrics", SOON);
        client = RedisClient.create(cache.uri().toString());
        connection = client.connect();
        streams = connection.sync();
        eventually(SOON, () -> assertThat(streams.get("order:1")).isEqualTo("new"));
    }

    @AfterAll
    void stop() {
        connection.close();
        client.shutdown(Duration.ZERO, Duration.ofSeconds(1));
        run.close();
        cache.close();
        database.close();
    }

    private List<String> values(String stream) {
        return streams.xrange(stream, Range.unbounded()).stream()
                .map(entry -> entry.getBody().get("value"))
                .toList();
    }

    @Test
    void whatIsWrittenToAnOutboxArrivesOnceAndInOrder() throws SQLException {
        database.execute(
                "insert into outbox values (1, 'few', '{\"total\": 5}'), (2, 'few', null)",
                "delete from outbox where id = 1",
                "insert into outbox values (3, 'few', '[1]')");

        eventually(
                SOON,
                () -> assertThat(values("events:few"))
                        .containsExactly(
                                "{\"id\":1,\"payload\":{\"total\":5}}",
                                "{\"id\":2,\"payload\":null}",
                                "{\"id\":3,\"payload\":[1]}"));
    }

    @Test
    void whoeverHearsOfAChangeFindsItInTheCache() throws SQLException {
        ConcurrentLinkedQueue<String> heard = new ConcurrentLinkedQueue<>();
        try (StatefulRedisPubSubConnection<String, String> subscriber = client.connectPubSub();
                StatefulRedisConnection<String, String> reader = client.connect()) {
            subscriber.addListener(new RedisPubSubAdapter<>() {
                @Override
                public void message(String channel, String message) {
                    reader.async()
                            .get(channel.replace('-', ':'))
                            .thenAccept(status -> heard.add(channel + " " + message + " " + status));
                }
            });
            subscriber.sync().subscribe("order-1", "order-2");
            database.execute("update orders set status = 'paid' where id = 1", "update orders set status = status");
            database.execute("update orders set status = 'paid' where id = 2");

            eventually(
                    SOON,
                    () -> assertThat(heard)
                            .containsExactly("order-1 {\"to\":\"paid\"} paid", "order-2 {\"to\":\"paid\"} paid"));
        }
        assertThat(values("status"))
                .containsExactly(
                        "{\"id\":1,\"from\":\"new\",\"to\":\"paid\"}",
                        "{\"op\":\"update\"}",
                        "{\"id\":2,\"from\":\"new\",\"to\":\"paid\"}",
                        "{\"op\":\"update\"}");
    }

    @Test
    void freshetKilledInTheMiddleAddsEveryMessageOnce() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        int all = 10_000;
        copy(all);
        for (int kill = 0; kill < 2; kill++) {
            long enough = streams.xlen("events:bulk") + 1 + random.nextInt(3_000);
            eventually(
                    SOON, () -> assertThat(streams.xlen("events:bulk")).isGreaterThanOrEqualTo(Math.min(enough, all)));
            run.kill();
            run.close();
            run = FreshetCommand.freshet("run", "-c", path).start();
        }

        eventually(
                SOON,
                () -> assertThat(streams.xlen("events:bulk")).as("seed " + seed).isGreaterThanOrEqualTo(all));
        database.execute("insert into outbox values (100000, 'last', null)");
        eventually(SOON, () -> assertThat(values("events:last")).hasSize(1));
        assertThat(values("events:bulk"))
                .as("seed " + seed)
                .isEqualTo(IntStream.rangeClosed(1, all)
                        .mapToObj(i -> "{\"id\":" + (1_000 + i) + ",\"payload\":{}}")
                        .toList());
    }

    private void copy(int rows) throws SQLException, IOException {
        StringBuilder text = new StringBuilder();
        IntStream.rangeClosed(1, rows).forEach(i -> text.append(1_000 + i).append("\tbulk\t{}\n"));
        try (Connection writer = database.connect()) {
            writer.unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn("copy outbox from stdin", new StringReader(text.toString()));
        }
    }
}
