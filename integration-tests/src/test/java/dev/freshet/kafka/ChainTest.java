package dev.freshet.kafka;

import static dev.freshet.servers.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.servers.CacheServer;
import dev.freshet.servers.DatabaseServer;
import dev.freshet.servers.FreshetProcess;
import dev.freshet.servers.Servers;
import dev.freshet.servers.kafka.ConnectWorker;
import dev.freshet.servers.kafka.KafkaBroker;
import dev.freshet.servers.kafka.Plugin;
import dev.freshet.servers.kafka.SchemaRegistry;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** From a row of PostgreSQL to an entry, through Debezium's connector in a worker of Kafka Connect. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init")
final class ChainTest {
    private static final Duration SOON = Duration.ofSeconds(90);

    @TempDir
    private static Path folder;

    private DatabaseServer database;
    private KafkaBroker broker;
    private SchemaRegistry registry;
    private ConnectWorker worker;
    private CacheServer cache;
    private RedisClient client;
    private RedisCommands<String, String> entries;

    @BeforeAll
    void start() {
        database = Servers.chosen().postgres();
        cache = Servers.chosen().cache();
        broker = KafkaBroker.open();
        registry = SchemaRegistry.create();
        worker = ConnectWorker.of(
                broker, Plugin.DEBEZIUM_POSTGRES.path(), Plugin.APICURIO_CONVERTERS.path(), Plugin.FRESHET.path());
        client = RedisClient.create(RedisURI.create(cache.uri()));
        entries = client.connect().sync();
    }

    @AfterAll
    void close() {
        client.shutdown();
        worker.close();
        registry.close();
        broker.close();
        cache.close();
        database.close();
    }

    /** How the connector writes, and what a member has to know of it. */
    enum Writing {
        JSON("") {
            @Override
            Map<String, String> connector(SchemaRegistry registry) {
                return converters(JSON_CONVERTER, Map.of("schemas.enable", "false"));
            }
        },
        JSON_WITH_SCHEMAS("") {
            @Override
            Map<String, String> connector(SchemaRegistry registry) {
                return converters(JSON_CONVERTER, Map.of("schemas.enable", "true"));
            }
        },
        FLATTENED("") {
            @Override
            Map<String, String> connector(SchemaRegistry registry) {
                Map<String, String> all = JSON.connector(registry);
                all.put("transforms", "row");
                all.put("transforms.row.type", "io.debezium.transforms.ExtractNewRecordState");
                all.put(
                        "transforms.row.add.fields",
                        "op,source.connector,source.schema,source.table,source.sequence,source.txId,source.snapshot,source.ts_us");
                all.put("transforms.row.delete.tombstone.handling.mode", "rewrite");
                all.put("transforms.row.replace.null.with.default", "false");
                return all;
            }
        },
        AVRO(
                ", keys: {converter: %1$s, apicurio.registry.url: \"%2$s\"}, values: {converter: %1$s, apicurio.registry.url: \"%2$s\"}") {
            @Override
            Map<String, String> connector(SchemaRegistry registry) {
                return converters(
                        AVRO_CONVERTER,
                        Map.of(
                                "apicurio.registry.url",
                                registry.uri().toString(),
                                "apicurio.registry.auto-register",
                                "true"));
            }
        };

        private static final String JSON_CONVERTER = "org.apache.kafka.connect.json.JsonConverter";
        private static final String AVRO_CONVERTER = "io.apicurio.registry.utils.converter.AvroConverter";

        private final String source;

        Writing(String source) {
            this.source = source;
        }

        /** Of the connector's configuration. */
        abstract Map<String, String> connector(SchemaRegistry registry);

        /** Of the member's file. */
        String source(SchemaRegistry registry) {
            return source.formatted(AVRO_CONVERTER, registry.uri());
        }

        private static Map<String, String> converters(String type, Map<String, String> properties) {
            Map<String, String> all = new TreeMap<>();
            for (String each : List.of("key.converter", "value.converter")) {
                all.put(each, type);
                properties.forEach((name, value) -> all.put(each + "." + name, value));
            }
            return all;
        }
    }

    @ParameterizedTest
    @EnumSource
    void rowsThatWereThereAndThatChangeAreInTheCache(Writing writing) throws SQLException {
        entries.flushall();
        database.execute(
                "drop table if exists product",
                "create table product (id integer primary key, price bigint)",
                "alter table product replica identity full",
                "insert into product values (1, 10), (2, 20)");
        String name = writing.name().toLowerCase(Locale.ROOT);
        worker.rest().put(name, connector(name, writing.connector(registry)));
        worker.rest().awaitRunning(name, SOON);
        GroupFile file = new GroupFile(
                        folder,
                        cache,
                        broker.clients(),
                        "group: \"" + name + "\", pattern: \"" + name + "[.]public[.].*\", on_unreadable: stop"
                                + writing.source(registry))
                .withClassPath(Plugin.APICURIO_CONVERTERS.path() + "/apicurio-converters/*");
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

    /** With the two files that users begin with. */
    @Test
    void rowsReachTheCacheThroughTwoConnectorsOfOneWorker() throws SQLException, IOException {
        entries.flushall();
        database.execute(
                "drop table if exists product",
                "create table product (id integer primary key, name text, price bigint)",
                "alter table product replica identity full",
                "insert into product values (1, 'Pen', 10), (2, 'Ink', 20)");
        Map<String, String> source = published("source");
        source.putAll(database());
        worker.rest().put("shop", source);
        worker.rest().awaitRunning("shop", SOON);
        String topic = "shop.public.product";
        eventually(SOON, () -> assertThat(broker.topic(topic).values()).isNotEmpty());
        Map<String, String> sink = published("sink");
        sink.remove("freshet.cache.password");
        sink.put("freshet.cache.url", cache.uri().toString());
        sink.put("errors.deadletterqueue.topic.replication.factor", "1");
        broker.clients().forEach((name, value) -> sink.put("freshet.source.kafka." + name, value));
        worker.rest().put("freshet", sink);
        worker.rest().awaitRunning("freshet", SOON);

        shows("1", "{\"id\":1,\"name\":\"Pen\",\"price\":10}");
        shows("2", "{\"id\":2,\"name\":\"Ink\",\"price\":20}");
        database.execute("update product set price = 11 where id = 1");
        shows("1", "{\"id\":1,\"name\":\"Pen\",\"price\":11}");
        database.execute("delete from product where id = 2");
        shows("2", null);
        database.execute("update product set id = 3 where id = 1");
        shows("3", "{\"id\":3,\"name\":\"Pen\",\"price\":11}");
        shows("1", null);
        worker.rest().delete("freshet");
        worker.rest().delete("shop");
    }

    private static Map<String, String> published(String connector) throws IOException {
        Map<String, String> config = new TreeMap<>();
        new ObjectMapper()
                .readTree(Path.of("../deploy/connect/connectors/" + connector + ".json")
                        .toFile())
                .path("config")
                .properties()
                .forEach(each -> config.put(each.getKey(), each.getValue().asText()));
        return config;
    }

    private Map<String, String> database() {
        return Map.of(
                "database.hostname", database.host(),
                "database.port", Integer.toString(database.port()),
                "database.user", database.superuser(),
                "database.password", database.password(),
                "database.dbname", database.database());
    }

    private void shows(String id, @Nullable String price) {
        eventually(SOON, () -> assertThat(entries.get("product:" + id)).isEqualTo(price));
    }

    private Map<String, String> connector(String name, Map<String, String> writing) {
        Map<String, String> all = new TreeMap<>(Map.of(
                "name",
                name,
                "connector.class",
                "io.debezium.connector.postgresql.PostgresConnector",
                "plugin.name",
                "pgoutput",
                "slot.name",
                name,
                "publication.name",
                name,
                "publication.autocreate.mode",
                "filtered",
                "table.include.list",
                "public.product",
                "topic.prefix",
                name));
        all.putAll(database());
        all.putAll(writing);
        return all;
    }
}
