package dev.freshet.kafka;

import static dev.freshet.servers.Eventually.eventually;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.freshet.servers.CacheServer;
import dev.freshet.servers.FreshetProcess;
import dev.freshet.servers.Servers;
import dev.freshet.servers.kafka.KafkaBroker;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What those hear who follow a member of a group by a topic of another broker, whatever happens to that broker. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init")
final class AnnouncingTest {
    private static final Duration SOON = Duration.ofSeconds(90);
    private static final int PARTITIONS = 3;
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private static Path folder;

    private KafkaBroker source;
    private KafkaBroker told;
    private Admin admin;
    private CacheServer cache;
    private RedisClient client;
    private RedisCommands<String, String> entries;
    private JsonSchema schema;
    private String name;
    private ProductTopic topic;
    private GroupFile file;

    @BeforeAll
    void start() throws IOException {
        source = KafkaBroker.open();
        told = KafkaBroker.open();
        admin = source.admin();
        cache = Servers.chosen().cache();
        client = RedisClient.create(RedisURI.create(cache.uri()));
        entries = client.connect().sync();
        schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7)
                .getSchema(Files.readString(Path.of("../deploy/announcement.schema.json")));
    }

    @AfterAll
    void stop() {
        admin.close();
        client.shutdown();
        cache.close();
        told.close();
        source.close();
    }

    @BeforeEach
    void create(TestInfo test) {
        entries.flushall();
        name = "shop." + test.getTestMethod().orElseThrow().getName();
        source.createTopic(name, PARTITIONS);
        told.createTopic(name + ".told", PARTITIONS);
        topic = new ProductTopic(source, name);
        file = new GroupFile(folder, cache, source.clients(), "group: \"" + name + "\", topics: [\"" + name + "\"]")
                .with("kafka: {%s}\nannounce: {topic: \"%s.told\"}".formatted(GroupFile.written(told.clients()), name));
    }

    @AfterEach
    void close() {
        topic.close();
    }

    /** What was told, by the key of the record, in the order of its partition. */
    private Map<String, List<JsonNode>> announcements() throws IOException {
        Map<String, List<JsonNode>> all = new LinkedHashMap<>();
        for (ConsumerRecord<byte[], byte[]> each : told.topic(name + ".told").records()) {
            all.computeIfAbsent(new String(each.key(), UTF_8), key -> new ArrayList<>())
                    .add(JSON.readTree(each.value()));
        }
        return all;
    }

    /** The place in the database's log of the last that was told of each key. */
    private static Map<Integer, Long> lastTold(Map<String, List<JsonNode>> announcements) {
        Map<Integer, Long> last = new TreeMap<>();
        announcements.forEach((key, all) -> {
            if (key.startsWith("product:")) {
                String position = all.getLast().path("version").asText().split("-")[2];
                last.put(Integer.valueOf(key.substring("product:".length())), Long.parseLong(position, 16));
            }
        });
        return last;
    }

    private void everythingIsTold() {
        topic.flush();
        eventually(SOON, () -> assertThat(lastTold(announcements())).isEqualTo(topic.positions()));
    }

    private long done() throws ExecutionException, InterruptedException {
        return admin.listConsumerGroupOffsets(name).partitionsToOffsetAndMetadata().get().values().stream()
                .mapToLong(at -> at == null ? 0 : at.offset())
                .sum();
    }

    @Test
    void everyWriteIsToldInOrderAndAsTheSchemaSays() throws IOException {
        IntStream.rangeClosed(1, 50).forEach(id -> topic.price(id, id));
        topic.flush();
        try (FreshetProcess member = file.start()) {
            everythingIsTold();
            for (int i = 1; i <= 20; i++) {
                long price = 100L * i;
                IntStream.rangeClosed(1, 50).forEach(id -> topic.price(id, price));
                topic.flush();
            }
            IntStream.rangeClosed(41, 50).forEach(topic::delete);
            everythingIsTold();
            assertThat(member.terminate()).isZero();
        }

        Map<String, List<JsonNode>> all = announcements();
        all.forEach((key, ofKey) -> {
            assertThat(ofKey)
                    .allSatisfy(each -> assertThat(schema.validate(each)).isEmpty());
            assertThat(ofKey.stream().map(each -> each.path("order").asText()))
                    .as(key)
                    .isSorted();
        });
        IntStream.rangeClosed(1, 50).forEach(id -> {
            JsonNode last = all.getOrDefault("product:" + id, List.of()).getLast();
            assertThat(last.path("key").asText()).isEqualTo("product:" + id);
            assertThat(last.path("operation").asText()).isEqualTo(id > 40 ? "remove" : "put");
        });
    }

    @Test
    void whileTheBrokerThatIsToldHangsNoPositionIsStoredAndBehindItNothingIsMissing() throws Exception {
        IntStream.rangeClosed(1, 20).forEach(id -> topic.price(id, id));
        topic.flush();
        try (FreshetProcess member = file.start()) {
            everythingIsTold();
            eventually(SOON, () -> assertThat(done()).isEqualTo(20));
            told.pause();
            try {
                IntStream.rangeClosed(1, 20).forEach(id -> topic.price(id, 1_000 + id));
                topic.flush();
                member.awaitLine("the broker takes no messages", SOON);
                IntStream.rangeClosed(1, 20).forEach(id -> topic.price(id, 2_000 + id));
                topic.flush();
                // Once more: what came meanwhile waits behind what is told again.
                member.awaitLine("attempt=\"2\"", SOON);
                assertThat(done()).isEqualTo(20);
                assertThat(member.isAlive()).isTrue();
            } finally {
                told.resume();
            }
            everythingIsTold();
            eventually(SOON, () -> assertThat(done()).isEqualTo(60));
            member.awaitLine("the target is back", SOON);
        }
    }

    @Test
    void whatAMemberCouldNotTellBeforeItWasKilledTheNextOneTells() throws Exception {
        IntStream.rangeClosed(1, 20).forEach(id -> topic.price(id, id));
        topic.flush();
        try (FreshetProcess member = file.start()) {
            everythingIsTold();
            told.kill();
            IntStream.rangeClosed(1, 20).forEach(id -> topic.price(id, 1_000 + id));
            topic.delete(20);
            topic.flush();
            // It is in the cache, and nobody was told.
            eventually(SOON, () -> assertThat(entries.get("product:1")).isEqualTo("1001"));
            // Given up once, and come again: whatever would let positions pass has had its time.
            member.awaitLine("attempt=\"2\"", SOON);
            member.kill();
        }
        told.start();
        try (FreshetProcess member = file.start()) {
            everythingIsTold();
            assertThat(member.isAlive()).isTrue();
        }
    }
}
