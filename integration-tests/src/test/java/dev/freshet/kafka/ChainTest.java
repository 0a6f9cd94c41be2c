package dev.freshet.kafka;

import static dev.freshet.servers.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.servers.CacheServer;
import dev.freshet.servers.DatabaseServer;
import dev.freshet.servers.FreshetProcess;
import dev.freshet.servers.Servers;
import dev.freshet.servers.kafka.ConnectWorker;
import dev.freshet.servers.kafka.KafkaBroker;
import dev.freshet.servers.kafka.Plugin;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.sync.RedisCommands;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From a row of PostgreSQL to an entry, through Debezium's connector in a worker of Kafka Connect. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init")
final class ChainTest {
    private static final Duration SOON = Duration.ofSeconds(90);

    @TempDir
    private static Path folder;

    private DatabaseServer database;
    private KafkaBroker broker;
    private ConnectWorker worker;
    private CacheServer cache;
    private RedisClient client;
    private RedisCommands<String, String> entries;

    @BeforeAll
    void start() {
        database = Servers.chosen().postgres();
        cache = Servers.chosen().cache();
        broker = KafkaBroker.open();
        worker = ConnectWorker.of(broker, Plugin.DEBEZIUM_POSTGRES.path(), Plugin.FRESHET.path());
        client = RedisClient.create(RedisURI.create(cache.uri()));
        entries = client.connect().sync();
    }

    @AfterAll
    void close() {
        client.shutdown();
        worker.close();
        broker.close();
        cache.close();
        database.close();
    }

    @ParameterizedTest(name = "schemas.enable={0}")
    @ValueSource(strings = {"false", "true"})
    void rowsThatWereThereAndThatChangeAreInTheCache(String schemas) throws SQLException {
        entries.flushall();
        database.execute(
                "drop table if exists product",
                "create table product (id integer primary key, price bigint)",
                "alter table product replica identity full",
                "insert into product values (1, 10), (2, 20)");
        String name = "schemas_" + schemas;
        worker.rest().put(name, connector(name, schemas));
        worker.rest().awaitRunning(name, SOON);
        GroupFile file = new GroupFile(
                folder,
                cache,
                broker.clients(),
                "group: \"" + name + "\", pattern: \"" + name + "[.]public[.].*\", on_unreadable: stop");
        eventually(
                SOON,
                () -> assertThat(broker.topic(name + ".public.product").values())
                        .isNotEmpty());

        try (FreshetProcess member = file.start()) {
            shows("1", "10");
            shows("2", "20");
            database.execute("update product set price = 11 where id = 1");
            shows("1", "11");
            database.execute("delete from product where id = 2");
            shows("2", null);
            database.execute("update product set id = 3 where id = 1");
            shows("3", "11");
            shows("1", null);
            assertThat(member.terminate()).isZero();
        } finally {
            worker.rest().delete(name);
        }
    }

    @Test
    void rowsReachTheCacheThroughTwoConnectorsOfOneWorker() throws SQLException {
        entries.flushall();
        database.execute(
                "drop table if exists product",
                "create table product (id integer primary key, price bigint)",
                "alter table product replica identity full",
                "insert into product values (1, 10), (2, 20)");
        String source = "source";
        String topic = source + ".public.product";
        worker.rest().put(source, connector(source, "true"));
        worker.rest().awaitRunning(source, SOON);
        SinkConnector sink = new SinkConnector(broker, cache, "sink", Map.of())
                .with("topics", topic)
                .with("key.converter.schemas.enable", "true")
                .with("value.converter.schemas.enable", "true");
        eventually(SOON, () -> assertThat(broker.topic(topic).values()).isNotEmpty());
        worker.rest().put("sink", sink.properties());
        worker.rest().awaitRunning("sink", SOON);

        shows("1", "10");
        shows("2", "20");
        database.execute("update product set price = 11 where id = 1");
        shows("1", "11");
        database.execute("delete from product where id = 2");
        shows("2", null);
        database.execute("update product set id = 3 where id = 1");
        shows("3", "11");
        shows("1", null);
        worker.rest().delete("sink");
        worker.rest().delete(source);
    }

    private void shows(String id, @Nullable String price) {
        eventually(SOON, () -> assertThat(entries.get("product:" + id)).isEqualTo(price));
    }

    private Map<String, String> connector(String name, String schemas) {
        return new TreeMap<>(Map.ofEntries(
                Map.entry("name", name),
                Map.entry("connector.class", "io.debezium.connector.postgresql.PostgresConnector"),
                Map.entry("database.hostname", database.host()),
                Map.entry("database.port", Integer.toString(database.port())),
                Map.entry("database.user", database.superuser()),
                Map.entry("database.password", database.password()),
                Map.entry("database.dbname", database.database()),
                Map.entry("plugin.name", "pgoutput"),
                Map.entry("slot.name", name),
                Map.entry("publication.name", name),
                Map.entry("publication.autocreate.mode", "filtered"),
                Map.entry("table.include.list", "public.product"),
                Map.entry("topic.prefix", name),
                Map.entry("key.converter", "org.apache.kafka.connect.json.JsonConverter"),
                Map.entry("key.converter.schemas.enable", schemas),
                Map.entry("value.converter", "org.apache.kafka.connect.json.JsonConverter"),
                Map.entry("value.converter.schemas.enable", schemas)));
    }
}
