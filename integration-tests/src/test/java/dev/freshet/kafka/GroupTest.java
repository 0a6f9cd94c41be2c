package dev.freshet.kafka;

import static dev.freshet.servers.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.servers.AdminPort;
import dev.freshet.servers.CacheServer;
import dev.freshet.servers.FreshetProcess;
import dev.freshet.servers.ServerSettings;
import dev.freshet.servers.Servers;
import dev.freshet.servers.kafka.KafkaBroker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What members of a group keep true whatever happens to them, and to their topic. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init")
final class GroupTest {
    private static final Duration SOON = Duration.ofSeconds(90);
    private static final int PARTITIONS = 12;

    @TempDir
    private static Path folder;

    private KafkaBroker broker;
    private Admin admin;
    private CacheServer cache;
    private ProductEntries entries;
    private String name;
    private ProductTopic topic;

    @BeforeAll
    void start() {
        // A producer that asks for a topic which was just deleted would make it, with one partition.
        broker = KafkaBroker.open(ServerSettings.DEFAULT.with("auto.create.topics.enable", "false"));
        admin = broker.admin();
        cache = Servers.chosen().cache();
        entries = new ProductEntries(cache);
    }

    @AfterAll
    void stop() {
        admin.close();
        entries.close();
        cache.close();
        broker.close();
    }

    @BeforeEach
    void create(TestInfo test) {
        entries.commands().flushall();
        name = "shop." + test.getTestMethod().orElseThrow().getName();
        broker.createTopic(name, PARTITIONS);
        topic = new ProductTopic(broker, name);
    }

    @AfterEach
    void close() {
        topic.close();
    }

    private GroupFile file(String more) {
        return new GroupFile(
                folder, cache, broker.clients(), "group: \"" + name + "\", topics: [\"" + name + "\"]" + more);
    }

    private Map<Integer, Long> cached() {
        return entries.all();
    }

    private void isRight() {
        entries.awaitRight(topic);
    }

    private static AdminPort admin(FreshetProcess member) {
        return member.output().stream()
                .filter(line -> line.startsWith("health and metrics"))
                .map(line -> new AdminPort(Integer.parseInt(line.substring(line.lastIndexOf(':') + 1))))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void changesReachTheCacheAndDeletesLeaveIt() throws Exception {
        IntStream.rangeClosed(1, 100).forEach(id -> topic.price(id, id));
        topic.flush();
        try (FreshetProcess member = file("").start()) {
            isRight();
            IntStream.rangeClosed(1, 50).forEach(id -> topic.price(id, id + 1_000));
            IntStream.rangeClosed(51, 60).forEach(topic::delete);
            isRight();
            assertThat(admin(member).ready().statusCode()).isEqualTo(200);
            assertThat(member.terminate()).isZero();
        }
    }

    @Test
    void membersThatAreKilledPausedAndAddedLoseNothingAndTakeNothingBack() throws Exception {
        long seed = System.nanoTime();
        System.out.println("seed of the killed, paused and added: " + seed);
        GroupFile file = file("");
        Deque<FreshetProcess> members = new ArrayDeque<>();
        try (PriceLoad load = new PriceLoad(topic, seed);
                PriceReader reader = new PriceReader(cache)) {
            for (int i = 0; i < 3; i++) {
                members.add(file.start());
            }
            eventually(SOON, () -> assertThat(cached()).hasSizeGreaterThan(200));
            members.remove().kill();
            members.add(file.start());
            awaitMembers(3);
            FreshetProcess paused = members.remove();
            paused.pause();
            // Longer than the group waits for it: the others take its partitions over.
            awaitMembers(2);
            members.add(file.start());
            awaitMembers(3);
            paused.resume();
            members.add(paused);
            awaitMembers(4);
            members.remove().kill();
            members.remove().terminate();
            awaitMembers(2);
            load.close();
            isRight();
        } finally {
            members.forEach(FreshetProcess::close);
        }
    }

    /** Until the group has so many, and each has partitions. */
    private void awaitMembers(int wanted) {
        eventually(
                SOON,
                () -> assertThat(admin.describeConsumerGroups(List.of(name))
                                .all()
                                .get()
                                .values()
                                .iterator()
                                .next()
                                .members())
                        .hasSize(wanted)
                        .allSatisfy(member -> assertThat(member.assignment().topicPartitions())
                                .isNotEmpty()));
    }

    @Test
    void aCacheThatHangsCostsNobodyItsPlaceAndPartitionsThatComeMeanwhileAreReadOnceItIsBack() throws Exception {
        Map<String, String> clients = new HashMap<>(broker.clients());
        clients.put("metadata.max.age.ms", "500");
        GroupFile file = new GroupFile(folder, cache, clients, "group: \"" + name + "\", topics: [\"" + name + "\"]");
        topic.price(1, 1);
        try (FreshetProcess member = file.start()) {
            isRight();
            cache.pause();
            try {
                // More than the pipeline has in its hands, and more than waits for it.
                for (int i = 1; i <= 150; i++) {
                    prices(i);
                }
                admin.createPartitions(Map.of(name, NewPartitions.increaseTo(2 * PARTITIONS)))
                        .all()
                        .get();
                topic.renew();
                prices(151);
                eventually(SOON, () -> assertThat(assigned()).isEqualTo(2 * PARTITIONS));
            } finally {
                cache.resume();
            }
            isRight();
            assertThat(member.errors().toString() + member.output()).doesNotContain("paused partitions");
        }
    }

    private void prices(int round) {
        IntStream.rangeClosed(1, 200).forEach(id -> topic.price(id, 1_000L * round + id));
        topic.flush();
    }

    private long assigned() throws ExecutionException, InterruptedException {
        return admin.describeConsumerGroups(List.of(name)).all().get().values().stream()
                .flatMap(group -> group.members().stream())
                .mapToLong(member -> member.assignment().topicPartitions().size())
                .sum();
    }

    private GroupPositions positions() {
        return new GroupPositions(admin, name, name, PARTITIONS);
    }

    @Test
    void whatRetentionTookBeforeItWasDoneIsNoticedAndEverythingIsReadAgain() throws Exception {
        IntStream.rangeClosed(1, 100).forEach(id -> topic.price(id, id));
        topic.flush();
        GroupFile file = file("");
        try (FreshetProcess member = file.start()) {
            isRight();
            eventually(SOON, () -> assertThat(positions().behind()).isZero());
            assertThat(member.terminate()).isZero();
        }
        IntStream.rangeClosed(1, 10).forEach(topic::delete);
        IntStream.rangeClosed(11, 100).forEach(id -> topic.price(id, id + 500));
        topic.flush();
        positions().retentionPasses();
        try (FreshetProcess member = file.start()) {
            // What was taken cannot come; but nothing is there that is not right.
            eventually(
                    SOON,
                    () -> assertThat(cached())
                            .isNotEmpty()
                            .allSatisfy((id, price) -> assertThat(topic.rows()).containsEntry(id, price)));
            IntStream.rangeClosed(1, 100).forEach(id -> topic.price(id, id + 900));
            isRight();
            assertThat(member.errors().toString() + member.output()).contains("are gone from");
        }
    }

    @Test
    void aDatabaseWhosePositionsWentBackIsNoticedAndReadAgainOnceItsTopicIsMadeAgain() throws Exception {
        IntStream.rangeClosed(1, 100).forEach(id -> topic.price(id, id));
        topic.flush();
        try (FreshetProcess member = file("").start()) {
            isRight();
            topic.restoredLater(Duration.ofSeconds(20));
            topic.price(7, 5);
            topic.flush();
            member.awaitLine("the database was restored", SOON);
            assertThat(cached()).containsEntry(7, 7L);
            broker.deleteTopic(name);
            eventually(SOON, () -> broker.createTopic(name, PARTITIONS));
            topic.madeAgain();
            IntStream.rangeClosed(1, 50).forEach(id -> topic.price(id, id + 900));
            isRight();
        }
    }

    @Test
    void aCacheThatLostItsMemoryIsFilledAgain() {
        IntStream.rangeClosed(1, 100).forEach(id -> topic.price(id, id));
        topic.flush();
        try (FreshetProcess member = file("").start()) {
            isRight();
            entries.commands().flushall();
            isRight();
            assertThat(member.isAlive()).isTrue();
        }
    }

    @Test
    void whatSomebodyDamagedIsRightAgainOnceAResyncWasAskedFor() {
        IntStream.rangeClosed(1, 100).forEach(id -> topic.price(id, id));
        topic.flush();
        GroupFile file = file("");
        try (FreshetProcess member = file.start()) {
            isRight();
            entries.commands().set("product:7", "1");
            entries.commands().del("product:8");
            try (FreshetProcess asking = file.command("resync").start()) {
                assertThat(asking.awaitExit(SOON)).isZero();
            }
            isRight();
            assertThat(member.isAlive()).isTrue();
        }
    }

    @Test
    void aRecordThatCannotBeReadStopsThePartitionsOrBecomesADeadLetterAsTheFileSays() throws Exception {
        topic.price(1, 1);
        topic.raw("{\"id\":1}", "{not json");
        topic.price(1, 2);
        topic.flush();
        try (FreshetProcess member = file("").start()) {
            member.awaitLine("cannot be read", SOON);
            // What stands in front of it is written.
            assertThat(entries.commands().get("product:1")).isEqualTo("1");
        }
        try (FreshetProcess member = file(", on_unreadable: skip").start()) {
            isRight();
            eventually(
                    SOON,
                    () -> assertThat(entries.commands().hlen("freshet:" + name + ":deadletters"))
                            .isEqualTo(1));
            assertThat(member.isAlive()).isTrue();
        }
    }
}
