package dev.freshet.servers.kafka;

import static dev.freshet.servers.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.servers.DatabaseServer;
import dev.freshet.servers.Servers;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Debezium's own connector, from a row of PostgreSQL to a record of a topic. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init")
final class ConnectWorkerTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String POSTGRES = "io.debezium.connector.postgresql.PostgresConnector";
    private static final String AVRO = "io.apicurio.registry.utils.converter.AvroConverter";
    private static final ObjectMapper JSON = new ObjectMapper();

    private DatabaseServer database;
    private KafkaBroker broker;
    private SchemaRegistry registry;
    private ConnectWorker worker;

    @BeforeAll
    void start() {
        database = Servers.chosen().postgres();
        broker = KafkaBroker.open();
        registry = SchemaRegistry.create();
        worker = ConnectWorker.of(broker, Plugin.DEBEZIUM_POSTGRES.path(), Plugin.APICURIO_CONVERTERS.path());
    }

    @AfterAll
    void close() {
        worker.close();
        registry.close();
        broker.close();
        database.close();
    }

    @Test
    void findsPluginsOnItsPath() {
        assertThat(worker.rest().plugins().findValuesAsText("class"))
                .contains(POSTGRES, AVRO, "org.apache.kafka.connect.json.JsonConverter");
    }

    @Test
    void hasNothingOfTheTestsOnItsClassPath() {
        assertThat(worker.log())
                .contains("jvm.classpath", "connect-runtime")
                .doesNotContain("test-classes", "sync-engine");
    }

    @Test
    void saysWhatIsWrongWithAConfiguration() {
        var config = config("validated");
        config.put("database.port", "many");

        assertThat(worker.rest().errors(POSTGRES, config)).anyMatch(error -> error.startsWith("database.port: "));
    }

    @Test
    void refusesAConnectorThatItDoesNotKnow() {
        assertThatThrownBy(() -> worker.rest().status("nobody"))
                .asInstanceOf(type(ConnectRest.RefusedException.class))
                .returns(404, ConnectRest.RefusedException::status);
    }

    @Test
    void carriesRowsOfADatabaseIntoATopicWhoeverIsKilled() throws SQLException {
        database.execute(
                "create table pen (id bigint primary key, price numeric(10, 2))", "insert into pen values (17, 19.90)");
        worker.rest().put("pen", config("pen"));
        worker.rest().awaitRunning("pen", SOON);
        var topic = broker.topic("pen.public.pen");
        eventually(SOON, () -> assertThat(topic.values()).hasSize(1));

        worker.kill();
        database.execute("update pen set price = 21 where id = 17");
        worker.start();

        eventually(SOON, () -> {
            var last = JSON.readTree(topic.values().getLast());
            assertThat(last.at("/after/price").asText()).isEqualTo("21.00");
        });
    }

    @Test
    void carriesRowsAsAvroWhoseSchemaIsInTheRegistry() throws SQLException {
        database.execute(
                "create table ink (id bigint primary key, name text)", "insert into ink values (18, 'Royal blue')");
        var config = config("ink");
        for (var converter : List.of("key.converter", "value.converter")) {
            config.put(converter, AVRO);
            config.put(converter + ".apicurio.registry.url", registry.uri().toString());
            config.put(converter + ".apicurio.registry.auto-register", "true");
        }

        worker.rest().put("ink", config);
        worker.rest().awaitRunning("ink", SOON);

        var topic = broker.topic("ink.public.ink");
        eventually(
                SOON,
                () -> assertThat(topic.values())
                        .singleElement(STRING)
                        .contains("Royal blue")
                        .doesNotContain("{"));
        assertThat(registry.subjects()).contains("ink.public.ink-key", "ink.public.ink-value");
    }

    @Test
    void pausesAndGoesOnAndForgetsAConnector() throws SQLException {
        database.execute("create table paper (id bigint primary key)", "insert into paper values (1)");
        worker.rest().put("paper", config("paper"));
        worker.rest().awaitRunning("paper", SOON);

        worker.rest().pause("paper");
        eventually(SOON, () -> assertThat(state("paper")).isEqualTo("PAUSED"));
        worker.rest().resume("paper");
        worker.rest().awaitRunning("paper", SOON);
        worker.rest().restart("paper");
        worker.rest().awaitRunning("paper", SOON);
        worker.rest().delete("paper");

        eventually(
                SOON, () -> assertThatThrownBy(() -> state("paper")).isInstanceOf(ConnectRest.RefusedException.class));
    }

    private String state(String connector) {
        return worker.rest().status(connector).at("/connector/state").asText();
    }

    private Map<String, String> config(String name) {
        return new TreeMap<>(Map.ofEntries(
                Map.entry("name", name),
                Map.entry("connector.class", POSTGRES),
                Map.entry("database.hostname", database.host()),
                Map.entry("database.port", Integer.toString(database.port())),
                Map.entry("database.user", database.superuser()),
                Map.entry("database.password", database.password()),
                Map.entry("database.dbname", database.database()),
                Map.entry("plugin.name", "pgoutput"),
                Map.entry("slot.name", name),
                Map.entry("publication.name", name),
                Map.entry("publication.autocreate.mode", "filtered"),
                Map.entry("table.include.list", "public." + name),
                Map.entry("topic.prefix", name),
                Map.entry("decimal.handling.mode", "string")));
    }
}
