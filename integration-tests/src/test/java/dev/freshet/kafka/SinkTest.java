package dev.freshet.kafka;

import static dev.freshet.servers.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.servers.CacheServer;
import dev.freshet.servers.ServerSettings;
import dev.freshet.servers.Servers;
import dev.freshet.servers.kafka.ConnectWorker;
import dev.freshet.servers.kafka.KafkaBroker;
import dev.freshet.servers.kafka.Plugin;
import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;

/** What the sink keeps true in real distributed workers, and what it tells them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init")
final class SinkTest {
    private static final Duration SOON = Duration.ofSeconds(90);
    private static final int PARTITIONS = 12;

    private KafkaBroker broker;
    private Admin admin;
    private CacheServer cache;
    private ConnectWorker worker;
    private ProductEntries entries;
    private String name;
    private ProductTopic topic;
    private SinkConnector sink;

    @BeforeAll
    void start() {
        // A producer that asks for a topic which was just deleted would make it, with one partition.
        broker = KafkaBroker.open(ServerSettings.DEFAULT.with("auto.create.topics.enable", "false"));
        admin = broker.admin();
        cache = Servers.chosen().cache();
        // Nothing may wait for Connect's own time to store positions.
        worker = ConnectWorker.of(
                broker, ServerSettings.DEFAULT.with("offset.flush.interval.ms", "600000"), Plugin.FRESHET.path());
        entries = new ProductEntries(cache);
    }

    @AfterAll
    void stop() {
        entries.close();
        worker.close();
        admin.close();
        cache.close();
        broker.close();
    }

    @BeforeEach
    void create(TestInfo test) {
        entries.commands().flushall();
        name = test.getTestMethod().orElseThrow().getName();
        broker.createTopic(name, PARTITIONS);
        topic = new ProductTopic(broker, name);
        sink = new SinkConnector(broker, cache, name, Map.of());
    }

    @AfterEach
    void close() {
        if (worker.rest().connectors().contains(name)) {
            worker.rest().delete(name);
        }
        topic.close();
    }

    private void run(SinkConnector connector) {
        worker.rest().put(name, connector.properties());
        worker.rest().awaitRunning(name, SOON);
    }

    private GroupPositions positions() {
        return new GroupPositions(admin, "connect-" + name, name, PARTITIONS);
    }

    private void awaitFailure(String why) {
        eventually(SOON, () -> {
            JsonNode task = worker.rest().status(name).at("/tasks/0");
            assertThat(task.path("state").asText()).isEqualTo("FAILED");
            assertThat(task.path("trace").asText()).contains(why);
        });
    }

    @Test
    void changesReachTheCacheAndDeletesLeaveItAndAllOfItIsStoredAsDone() {
        IntStream.rangeClosed(1, 100).forEach(id -> topic.price(id, id));
        run(sink);
        entries.awaitRight(topic);
        IntStream.rangeClosed(1, 50).forEach(id -> topic.price(id, id + 1_000));
        IntStream.rangeClosed(51, 60).forEach(topic::delete);
        entries.awaitRight(topic);
        eventually(SOON, () -> assertThat(positions().behind()).isZero());
        // By Freshet's own log, through the worker's.
        assertThat(worker.log()).contains("source opened");
    }

    @Test
    void tasksWhoseWorkersAreKilledAndWhoseConnectorIsPausedAndRestartedLoseNothingAndTakeNothingBack()
            throws Exception {
        long seed = System.nanoTime();
        System.out.println("seed of the killed, paused and restarted: " + seed);
        try (ConnectWorker other = ConnectWorker.of(broker, Plugin.FRESHET.path());
                PriceLoad load = new PriceLoad(topic, seed);
                PriceReader reader = new PriceReader(cache)) {
            run(sink.with("tasks.max", "3"));
            eventually(SOON, () -> assertThat(entries.all()).hasSizeGreaterThan(200));
            eventually(
                    SOON,
                    () -> assertThat(worker.rest().status(name).path("tasks").findValuesAsText("worker_id"))
                            .hasSize(3)
                            .contains("127.0.0.1:" + other.port()));
            other.kill();
            eventually(
                    SOON,
                    () -> assertThat(worker.rest().status(name).path("tasks"))
                            .hasSize(3)
                            .allSatisfy(task -> {
                                assertThat(task.path("worker_id").asText()).isEqualTo("127.0.0.1:" + worker.port());
                                assertThat(task.path("state").asText()).isEqualTo("RUNNING");
                            }));
            long moved = positions().done();
            eventually(SOON, () -> assertThat(positions().done()).isGreaterThan(moved));
            worker.rest().pause(name);
            worker.rest().resume(name);
            worker.rest().restart(name);
            run(sink.with("tasks.max", "2"));
            load.close();
            entries.awaitRight(topic);
            eventually(SOON, () -> assertThat(positions().behind()).isZero());
        }
    }

    @Test
    void whileTheCacheHangsNoPositionIsStoredAndTheTaskKeepsItsPlace() throws Exception {
        run(sink);
        topic.price(1, 1);
        entries.awaitRight(topic);
        eventually(SOON, () -> assertThat(positions().behind()).isZero());
        long before = positions().done();
        cache.pause();
        try {
            // More than the pipeline has in its hands, and more than waits for it.
            for (int round = 1; round <= 40; round++) {
                for (int id = 1; id <= 200; id++) {
                    topic.price(id, 1_000L * round + id);
                }
            }
            topic.flush();
            eventually(SOON, () -> assertThat(worker.log()).contains("the target is away"));
            assertThat(positions().done()).isEqualTo(before);
        } finally {
            cache.resume();
        }
        entries.awaitRight(topic);
        eventually(SOON, () -> assertThat(positions().behind()).isZero());
    }

    @Test
    void whatCannotBeReadEndsTheTaskWhereNothingIsTolerated() throws Exception {
        topic.price(1, 1);
        topic.raw("{\"id\":1}", "{\"op\":\"c\",\"after\":{\"id\":1},\"source\":{\"connector\":\"sqlserver\"}}");
        topic.price(1, 2);
        topic.flush();
        worker.rest().put(name, sink.properties());
        awaitFailure("cannot be read");
    }

    @Test
    void whatCannotBeReadIsInTheConnectorsDeadLetterTopicWhereAllIsTolerated() throws Exception {
        broker.createTopic(name + ".dead", 1);
        topic.price(1, 1);
        topic.raw("{\"id\":1}", "{\"op\":\"c\",\"after\":{\"id\":1},\"source\":{\"connector\":\"sqlserver\"}}");
        topic.price(1, 2);
        topic.flush();
        run(sink.with("errors.tolerance", "all")
                .with("errors.deadletterqueue.topic.name", name + ".dead")
                .with("errors.deadletterqueue.topic.replication.factor", "1")
                .with("errors.deadletterqueue.context.headers.enable", "true"));
        entries.awaitRight(topic);
        eventually(SOON, () -> assertThat(positions().behind()).isZero());
        assertThat(broker.topic(name + ".dead").values())
                .hasSize(1)
                .first()
                .asString()
                .contains("sqlserver");
    }

    @Test
    void whatIsToleratedAndReportedNowhereIsADeadLetterOfFreshets() throws Exception {
        topic.raw("{\"id\":1}", "{\"op\":\"c\",\"after\":{\"id\":1},\"source\":{\"connector\":\"sqlserver\"}}");
        topic.price(1, 2);
        topic.flush();
        run(sink.with("errors.tolerance", "all"));
        entries.awaitRight(topic);
        assertThat(entries.commands().hlen("freshet:connect-" + name + ":deadletters"))
                .isEqualTo(1);
    }

    /** The key is a list, which a string cannot be put over: the cache refuses for good. */
    @Test
    void whatTheCacheRefusesEndsTheTaskOrIsInTheDeadLetterTopicAsToleranceSays() throws Exception {
        broker.createTopic(name + ".dead", 1);
        SinkConnector hashes = sink.with("freshet.rules", """
                rules:
                  product:
                    table: public.product
                    publish: [{stream: "product:{id}", value: [id, price]}]
                """);
        entries.commands().rpush("product:7", "not a stream");
        topic.price(7, 7);
        topic.price(8, 8);
        topic.flush();
        worker.rest().put(name, hashes.properties());
        awaitFailure("WRONGTYPE");
        SinkConnector tolerant = hashes.with("errors.tolerance", "all")
                .with("errors.deadletterqueue.topic.name", name + ".dead")
                .with("errors.deadletterqueue.topic.replication.factor", "1");
        worker.rest().put(name, tolerant.properties());
        eventually(
                SOON,
                () -> assertThat(broker.topic(name + ".dead").values())
                        .first()
                        .asString()
                        .contains("\"id\":7"));
        eventually(SOON, () -> assertThat(positions().behind()).isZero());
        assertThat(entries.commands().xlen("product:8")).isEqualTo(1);
    }

    @Test
    void whatRetentionTookBeforeItWasDoneIsNoticedAndEverythingIsReadAgain() throws Exception {
        IntStream.rangeClosed(1, 100).forEach(id -> topic.price(id, id));
        run(sink);
        entries.awaitRight(topic);
        eventually(SOON, () -> assertThat(positions().behind()).isZero());
        worker.rest().stop(name);
        eventually(
                SOON, () -> assertThat(worker.rest().status(name).path("tasks")).isEmpty());
        IntStream.rangeClosed(1, 10).forEach(topic::delete);
        IntStream.rangeClosed(11, 100).forEach(id -> topic.price(id, id + 500));
        topic.flush();
        positions().retentionPasses();
        worker.rest().resume(name);
        // What was taken cannot come; but nothing is there that is not right.
        eventually(
                SOON,
                () -> assertThat(entries.all())
                        .isNotEmpty()
                        .allSatisfy((id, price) -> assertThat(topic.rows()).containsEntry(id, price)));
        IntStream.rangeClosed(1, 100).forEach(id -> topic.price(id, id + 900));
        entries.awaitRight(topic);
        assertThat(worker.log()).contains("are gone from");
    }

    @Test
    void aGapEndsTheTaskWhereAPersonHasToDecide() throws Exception {
        IntStream.rangeClosed(1, 100).forEach(id -> topic.price(id, id));
        run(sink.with("freshet.source.on_gap", "stop"));
        entries.awaitRight(topic);
        eventually(SOON, () -> assertThat(positions().behind()).isZero());
        worker.rest().stop(name);
        eventually(
                SOON, () -> assertThat(worker.rest().status(name).path("tasks")).isEmpty());
        IntStream.rangeClosed(1, 100).forEach(id -> topic.price(id, id + 500));
        topic.flush();
        positions().retentionPasses();
        worker.rest().resume(name);
        awaitFailure("on_gap is stop");
    }

    @Test
    void aTopicThatIsMadeAgainWhileItIsReadIsReadFromItsBeginning() {
        IntStream.rangeClosed(1, 100).forEach(id -> topic.price(id, id));
        run(sink);
        entries.awaitRight(topic);
        broker.deleteTopic(name);
        eventually(SOON, () -> broker.createTopic(name, PARTITIONS));
        topic.madeAgain();
        IntStream.rangeClosed(1, 50).forEach(id -> topic.price(id, id + 900));
        entries.awaitRight(topic);
    }

    @Test
    void whereSomebodyTookPositionsBackEverythingIsReadAgain() throws Exception {
        IntStream.rangeClosed(1, 100).forEach(id -> topic.price(id, id));
        run(sink);
        IntStream.rangeClosed(1, 100).forEach(id -> topic.price(id, id + 500));
        IntStream.rangeClosed(1, 10).forEach(topic::delete);
        entries.awaitRight(topic);
        worker.rest().stop(name);
        eventually(
                SOON, () -> assertThat(worker.rest().status(name).path("tasks")).isEmpty());
        worker.rest().ask("DELETE", "/connectors/" + name + "/offsets", null);
        entries.commands().set("product:7", "1");
        worker.rest().resume(name);
        entries.awaitRight(topic);
        eventually(SOON, () -> assertThat(positions().behind()).isZero());
        entries.awaitRight(topic);
    }

    @Test
    void aCacheThatLostItsMemoryIsFilledAgain() {
        IntStream.rangeClosed(1, 100).forEach(id -> topic.price(id, id));
        run(sink);
        entries.awaitRight(topic);
        entries.commands().flushall();
        entries.awaitRight(topic);
    }

    @Test
    void topicsThatATransformationRenamesAreReadAndTheirPositionsStored() {
        IntStream.rangeClosed(1, 100).forEach(id -> topic.price(id, id));
        run(sink.with("transforms", "rename")
                .with("transforms.rename.type", "org.apache.kafka.connect.transforms.RegexRouter")
                .with("transforms.rename.regex", ".*")
                .with("transforms.rename.replacement", "one"));
        entries.awaitRight(topic);
        eventually(SOON, () -> assertThat(positions().behind()).isZero());
    }

    @Test
    void whatIsWrongIsSaidAtItsOwnPropertyBeforeAConnectorIsMade() {
        SinkConnector wrong = sink.with("freshet.rules", SinkConnector.RULES.replace("table:", "tabel:"))
                .with("freshet.cache.url", "http://cache")
                .with("freshet.cache.password", "")
                .with("freshet.cache.prefx", "shop:")
                .with("freshet.source.on_gap", "resnyc")
                .with("freshet.source.kafka.group.id", "mine");
        Map<String, String> properties = wrong.properties();
        properties.remove("freshet.source.kafka.bootstrap.servers");

        assertThat(worker.rest().errors(SinkConnector.CLASS, properties))
                .anySatisfy(error -> assertThat(error)
                        .startsWith("freshet.rules: freshet.rules:3:5 rules.product.tabel: unknown key")
                        .contains("did you mean 'table'?"))
                .anySatisfy(error -> assertThat(error).startsWith("freshet.cache.url: expected redis://"))
                .anySatisfy(error ->
                        assertThat(error).startsWith("freshet.cache.prefx: unknown key; did you mean 'prefix'?"))
                .anySatisfy(error ->
                        assertThat(error).startsWith("freshet.source.on_gap: ").contains("did you mean 'resync'?"))
                .anySatisfy(
                        error -> assertThat(error).startsWith("freshet.source.kafka.group.id: Freshet says it itself"))
                .anySatisfy(error -> assertThat(error)
                        .startsWith("freshet.source.kafka.bootstrap.servers: Missing required configuration"));
    }

    @Test
    void aRightConfigurationHasNothingWrongAndTheWorkerKnowsTheRelease() {
        assertThat(worker.rest().errors(SinkConnector.CLASS, sink.properties())).isEmpty();
        assertThat(worker.rest().plugins())
                .filteredOn(plugin -> plugin.path("class").asText().equals(SinkConnector.CLASS))
                .singleElement()
                .satisfies(plugin -> assertThat(plugin.path("version").asText()).matches("[0-9]+[.][0-9]+[.].*"));
    }

    @Test
    void aCacheThatLetsNobodyInEndsTheTaskAndSaysWhy() {
        SinkConnector stranger = sink.with("freshet.cache.user", "nobody").with("freshet.cache.password", "wrong");
        worker.rest().put(name, stranger.properties());
        awaitFailure("the cache cannot be used");
    }
}
