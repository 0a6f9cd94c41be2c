package dev.freshet.sidecar;

import static dev.freshet.servers.Eventually.eventually;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.servers.CacheServer;
import dev.freshet.servers.DatabaseServer;
import dev.freshet.servers.FreshetCommand;
import dev.freshet.servers.FreshetProcess;
import dev.freshet.servers.Servers;
import dev.freshet.servers.kafka.KafkaBroker;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Topics and announcements, from SQL to whoever hears them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init")
final class TellingOthersTest {
    private static final Duration SOON = Duration.ofSeconds(90);
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String RULES = """
              order:
                table: public.orders
                put: [{key: "order:{id}", as: string, value: "{status}", ttl: none, tags: ["status-{status}"]}]
              told:
                table: public.orders
                when: before.status != after.status
                publish:
                  - {topic: orders, value: {id: id, to: after.status}}
                  - {topic: orders, value: {op: change.op}}
              recall:
                table: public.recall
                invalidate: [{tag: "status-{status}"}]
            """;

    @TempDir
    private static Path folder;

    private DatabaseServer database;
    private CacheServer cache;
    private KafkaBroker broker;
    private RedisClient client;
    private RedisCommands<String, String> commands;

    @BeforeAll
    void start() throws SQLException {
        database = Servers.chosen().postgres();
        cache = Servers.chosen().cache();
        broker = KafkaBroker.open();
        database.execute(
                "create table orders (id int primary key, status text)",
                "create table recall (status text primary key)",
                "alter table orders replica identity full");
        client = RedisClient.create(cache.uri().toString());
        commands = client.connect().sync();
    }

    @AfterAll
    void stop() {
        client.shutdown(Duration.ZERO, Duration.ofSeconds(1));
        broker.close();
        cache.close();
        database.close();
    }

    @BeforeEach
    void fill() throws SQLException {
        commands.flushall();
        database.execute("insert into orders values (1, 'new'), (2, 'new')");
        // Deleted a moment ago, by the test before.
        eventually(SOON, () -> broker.createTopic("orders", 3));
        eventually(SOON, () -> broker.createTopic("entries", 3));
    }

    @AfterEach
    void empty() throws SQLException {
        database.execute("truncate orders, recall");
        broker.deleteTopic("orders");
        broker.deleteTopic("entries");
    }

    private FreshetProcess run(String slot, String announce) throws IOException {
        String top = "kafka: {bootstrap.servers: \"%s\"}\nannounce: {%s}\n".formatted(broker.bootstrap(), announce);
        Path file = Files.writeString(
                folder.resolve(slot + ".yaml"),
                RuleFile.of(database, cache)
                                .withCache("url: \"%s\", prefix: \"shop:\"".formatted(cache.uri()))
                                .withSlot(slot)
                                .withRules(RULES)
                                .text()
                        + top);
        FreshetProcess run =
                FreshetCommand.freshet("run", "-c", file.toString()).start();
        run.awaitLine("health and metrics", SOON);
        return run;
    }

    private void isCached(String key, String value) {
        eventually(SOON, () -> assertThat(commands.get("shop:" + key)).isEqualTo(value));
    }

    /** In few words. */
    private static String words(String announcement) {
        try {
            JsonNode told = JSON.readTree(announcement);
            String name = told.has("tag")
                    ? "tag " + told.path("tag").asText()
                    : told.path("key").asText() + " " + told.path("tags");
            return told.path("operation").asText() + " " + name;
        } catch (JsonProcessingException e) {
            throw new AssertionError(announcement, e);
        }
    }

    @Test
    void aChannelHearsOfEveryWriteOnceItIsInTheCache() throws Exception {
        ConcurrentLinkedQueue<String> heard = new ConcurrentLinkedQueue<>();
        try (StatefulRedisPubSubConnection<String, String> subscriber = client.connectPubSub();
                var reader = client.connect()) {
            subscriber.addListener(new RedisPubSubAdapter<>() {
                @Override
                public void message(String channel, String message) {
                    if (message.contains("\"key\"")) {
                        reader.async()
                                .get(message.replaceFirst(".*\"key\":\"([^\"]*)\".*", "$1"))
                                .thenAccept(value -> heard.add(words(message) + " " + value));
                    } else if (message.contains("\"tag\"")) {
                        heard.add(words(message));
                    }
                }
            });
            subscriber.sync().subscribe("shop:entries");
            try (FreshetProcess run = run("by_channel", "channel: entries")) {
                eventually(
                        SOON,
                        () -> assertThat(heard)
                                .contains(
                                        "put shop:order:1 [\"status-new\"] new",
                                        "put shop:order:2 [\"status-new\"] new"));
                heard.clear();
                database.execute("update orders set status = 'paid' where id = 1");
                eventually(SOON, () -> assertThat(heard).hasSize(1));
                database.execute("insert into recall values ('paid')");
                eventually(SOON, () -> assertThat(heard).contains("invalidate tag status-paid"));
                database.execute("delete from orders where id = 2");
                eventually(
                        SOON,
                        () -> assertThat(heard)
                                .containsExactly(
                                        "put shop:order:1 [\"status-paid\"] paid",
                                        "invalidate tag status-paid",
                                        "remove shop:order:2 [\"status-new\"] null"));
                assertThat(run.isAlive()).isTrue();
            }
        }
    }

    @Test
    void topicsThatRulesPublishToHearOfEachChangeInTheOrderOfItsRow() throws Exception {
        try (FreshetProcess run = run("by_topic", "topic: entries")) {
            isCached("order:1", "new");
            for (String status : List.of("paid", "packed", "sent")) {
                database.execute("update orders set status = '" + status + "'", "update orders set status = status");
            }
            eventually(SOON, () -> assertThat(broker.topic("orders").values()).hasSize(12));
            assertThat(run.isAlive()).isTrue();
        }
        for (int id = 1; id <= 2; id++) {
            String row = "public.orders/" + id;
            List<ConsumerRecord<byte[], byte[]>> ofRow = broker.topic("orders").records().stream()
                    .filter(each -> new String(each.key(), UTF_8).equals(row))
                    .toList();
            String to = "{\"id\":" + id + ",\"to\":\"%s\"}";
            String op = "{\"op\":\"update\"}";
            assertThat(ofRow.stream().map(each -> new String(each.value(), UTF_8)))
                    .containsExactly(to.formatted("paid"), op, to.formatted("packed"), op, to.formatted("sent"), op);
            assertThat(ofRow.stream().map(each -> header(each, "order") + header(each, "number")))
                    .isSorted()
                    .doesNotHaveDuplicates();
            assertThat(ofRow)
                    .allSatisfy(each -> assertThat(header(each, "rule")).isEqualTo("told"));
        }
    }

    private static String header(ConsumerRecord<byte[], byte[]> of, String name) {
        return new String(of.headers().lastHeader("freshet." + name).value(), UTF_8);
    }

    @Test
    void aMessageThatNoBrokerTakesIsADeadLetterAndTheNextOneIsNot() throws Exception {
        try (FreshetProcess run = run("too_large", "topic: entries")) {
            isCached("order:1", "new");
            database.execute(
                    "update orders set status = repeat('x', 2000000) where id = 1",
                    "update orders set status = 'paid' where id = 2");
            isCached("order:2", "paid");
            eventually(SOON, () -> assertThat(broker.topic("orders").values()).contains("{\"id\":2,\"to\":\"paid\"}"));
            // Nobody could be told of the entry, so it is not there.
            assertThat(commands.get("shop:order:1")).isNull();
            assertThat(commands.hvals("shop:freshet:too_large:deadletters"))
                    .isNotEmpty()
                    .allSatisfy(letter -> assertThat(letter).contains("larger than"));
            assertThat(run.isAlive()).isTrue();
        }
    }

    @Test
    void whatCouldNotBeToldWhenFreshetWasKilledIsToldAfterTheNextStart() throws Exception {
        try (FreshetProcess run = run("killed", "topic: entries")) {
            isCached("order:1", "new");
            eventually(SOON, () -> assertThat(keysTold()).contains("shop:order:1", "shop:order:2"));
            broker.pause();
            try {
                database.execute(
                        "insert into orders select i, 'new' from generate_series(101, 120) i",
                        "update orders set status = 'paid' where id = 1");
                // Given up once, and come again: whatever would let the checkpoint pass has had its time.
                run.awaitLine("attempt=\"2\"", SOON);
                run.kill();
            } finally {
                broker.resume();
            }
        }
        try (FreshetProcess run = run("killed", "topic: entries")) {
            eventually(
                    SOON,
                    () -> assertThat(keysTold())
                            .contains(IntStream.rangeClosed(101, 120)
                                    .mapToObj(i -> "shop:order:" + i)
                                    .toArray(String[]::new)));
            eventually(SOON, () -> assertThat(broker.topic("orders").values()).contains("{\"id\":1,\"to\":\"paid\"}"));
            assertThat(run.isAlive()).isTrue();
        }
    }

    private List<String> keysTold() throws IOException {
        return broker.topic("entries").records().stream()
                .map(each -> new String(each.key(), UTF_8))
                .toList();
    }
}
