package dev.freshet.kafka;

import static dev.freshet.servers.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.servers.AdminPort;
import dev.freshet.servers.CacheServer;
import dev.freshet.servers.Eventually;
import dev.freshet.servers.FreshetCommand;
import dev.freshet.servers.FreshetProcess;
import dev.freshet.servers.ServerSettings;
import dev.freshet.servers.Servers;
import dev.freshet.servers.kafka.KafkaBroker;
import dev.freshet.servers.process.FreePort;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Figures, not verdicts: what is asserted is that the work was done; rates and times are printed. */
@Tag("benchmark")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init")
final class GroupBenchmarkTest {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int PARTITIONS = 12;
    private static final int ROWS = 10_000;
    private static final int MILLIS_A_TICK = 10;
    private static final String MOVING = "moving";
    private static final int CHANGES = Integer.getInteger("freshet.benchmark.changes", 2_400_000);
    /** Until then the compilers of a new process are at work. */
    private static final int UNCOUNTED = CHANGES / 3 * 2;

    private static final int ROUNDS = Integer.getInteger("freshet.benchmark.rounds", 2);

    @TempDir
    private static Path folder;

    private KafkaBroker broker;
    private Admin admin;
    private CacheServer cache;
    private RedisClient client;
    private RedisCommands<String, String> entries;

    @BeforeAll
    void start() {
        broker = KafkaBroker.open(ServerSettings.DEFAULT.with("auto.create.topics.enable", "false"));
        admin = broker.admin();
        cache = Servers.chosen().cache();
        client = RedisClient.create(RedisURI.create(cache.uri()));
        entries = client.connect().sync();
    }

    @AfterAll
    void stop() {
        admin.close();
        client.shutdown();
        cache.close();
        broker.close();
    }

    @BeforeEach
    void forget() {
        entries.flushall();
    }

    /** A member, and where it tells how many changes the cache has of it. */
    private record Member(FreshetProcess process, AdminPort port) implements AutoCloseable {
        static Member start(Path file, AdminPort port) {
            return new Member(
                    FreshetCommand.freshet("run", "-c", file.toString())
                            .lasting()
                            .start(),
                    port);
        }

        long applied() throws InterruptedException {
            if (!process.isAlive()) {
                throw new Eventually.HopelessException("Freshet ended with " + process.errors());
            }
            try {
                return Math.round(port.metric("freshet_commit_to_cache_seconds_count"));
            } catch (IOException e) {
                return 0;
            }
        }

        /** What a thread has used, of the names that the system keeps, which are cut short. */
        Duration thread(String name) {
            long ticks = 0;
            try (Stream<Path> threads = Files.list(Path.of("/proc", Long.toString(process.pid()), "task"))) {
                for (Path each : threads.toList()) {
                    String line = Files.readString(each.resolve("stat"));
                    int end = line.lastIndexOf(')');
                    if (name.startsWith(line.substring(line.indexOf('(') + 1, end))) {
                        String[] fields = line.substring(end + 2).split(" ");
                        ticks += Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return Duration.ofMillis(ticks * MILLIS_A_TICK);
        }

        long kilobytes(String name) throws IOException {
            return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status")).stream()
                    .filter(line -> line.startsWith(name + ":"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                    .findFirst()
                    .orElseThrow();
        }

        String memory() throws IOException {
            return "%d MB resident, %d MB at most".formatted(kilobytes("VmRSS") / 1024, kilobytes("VmHWM") / 1024);
        }

        @Override
        public void close() {
            process.close();
        }
    }

    private Member member(String topic, String group) throws IOException {
        Path own = Files.createTempDirectory(folder, "member");
        Files.writeString(own.resolve("schema.json"), StockTopic.SCHEMA);
        AdminPort port = new AdminPort(FreePort.find());
        return Member.start(
                Files.writeString(own.resolve("freshet.yaml"), """
                        source:
                          type: kafka
                          group: %s
                          topics: [%s]
                          kafka: {bootstrap.servers: "%s", session.timeout.ms: "6000"}
                        cache: {url: "%s"}
                        admin: {listen: "%s"}
                        rules:
                          stock:
                            table: public.stock
                            put:
                              - {key: "stock:{id}", as: json, value: [id, name, price, quantity, is_listed, changed_at], ttl: none}
                        """.formatted(
                                group, topic, broker.bootstrap(), cache.uri(), port.address())),
                port);
    }

    /**
     * How much was applied when, by all members and by the one that did least, and what they had used by then.
     *
     * @param polling by the threads that poll and convert
     * @param planning by the threads that plan and write
     */
    private record Look(long nanos, long applied, long least, Duration used, Duration polling, Duration planning) {
        static Look at(List<Member> members) throws InterruptedException {
            long applied = 0;
            long least = Long.MAX_VALUE;
            Duration used = Duration.ZERO;
            Duration polling = Duration.ZERO;
            Duration planning = Duration.ZERO;
            for (Member each : members) {
                long own = each.applied();
                applied += own;
                least = Math.min(least, own);
                used = used.plus(each.process().processorTime());
                polling = polling.plus(each.thread("freshet-poll"));
                planning = planning.plus(each.thread("freshet-pipeline"));
            }
            return new Look(System.nanoTime(), applied, least, used, polling, planning);
        }

        double rateSince(Look earlier) {
            return (applied - earlier.applied) * 1e9 / (nanos - earlier.nanos);
        }

        /** Of a million changes: of all threads, of those that poll, of those that plan. */
        String secondsSince(Look earlier) {
            double millions = (applied - earlier.applied) / 1e6;
            return String.format(
                    Locale.ROOT,
                    "%.1f s of processor time a million, %.1f of them polling and converting, %.1f planning and writing",
                    seconds(used, earlier.used) / millions,
                    seconds(polling, earlier.polling) / millions,
                    seconds(planning, earlier.planning) / millions);
        }

        private static double seconds(Duration now, Duration earlier) {
            return now.minus(earlier).toNanos() / 1e9;
        }
    }

    /** A look when all of them had begun and what is not counted was done, and the last one before all was. */
    private record Span(Look first, Look last) {
        double rate() {
            return last.rateSince(first);
        }

        String seconds() {
            return last.secondsSince(first);
        }

        static Span of(List<Member> members) throws InterruptedException {
            Look first = await(members, UNCOUNTED);
            Look last = first;
            Look now = first;
            while (now.applied() < CHANGES) {
                last = now;
                now = await(members, now.applied() + 1);
            }
            assertThat(last.applied()).isGreaterThan(first.applied());
            return new Span(first, last);
        }

        private static Look await(List<Member> members, long applied) throws InterruptedException {
            long end = System.nanoTime() + PATIENCE.toNanos();
            while (true) {
                LockSupport.parkNanos(250_000_000);
                Look look = Look.at(members);
                if (look.least() > 0 && look.applied() >= applied) {
                    return look;
                }
                assertThat(look.nanos()).as("%s of %d", look, applied).isLessThan(end);
            }
        }
    }

    /** What the cache has used since it was started, in seconds. */
    private double cacheUsed() {
        return entries.info("cpu")
                .lines()
                .filter(line -> line.startsWith("used_cpu_sys:") || line.startsWith("used_cpu_user:"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf(':') + 1)))
                .sum();
    }

    private StockTopic filled(String name) {
        broker.createTopic(name, PARTITIONS);
        StockTopic topic = new StockTopic(broker, name, ROWS);
        topic.change(CHANGES);
        topic.flush();
        return topic;
    }

    private void isRight(StockTopic topic) {
        eventually(PATIENCE, () -> {
            for (int id = 1; id <= ROWS; id += 97) {
                assertThat(entries.get("stock:" + id)).contains("\"quantity\":" + topic.quantity(id) + ",");
            }
        });
    }

    @Test
    void oneMemberBesideABareConsumerAndThreeBesideOne() throws Exception {
        try (StockTopic topic = filled("stock")) {
            for (int round = 1; round <= ROUNDS; round++) {
                double bare;
                String line;
                try (FreshetProcess consumer = FreshetCommand.freshet(
                                broker.bootstrap(), "stock", Integer.toString(CHANGES), Integer.toString(UNCOUNTED))
                        .startedBy(BareConsumer.class)
                        .lasting()
                        .start()) {
                    line = consumer.awaitLine("made " + 2 * CHANGES, PATIENCE);
                    bare = Double.parseDouble(line.split(" ")[1]);
                }
                entries.flushall();
                double before = cacheUsed();
                try (Member member = member("stock", "one-" + round)) {
                    Span span = Span.of(List.of(member));
                    isRight(topic);
                    System.out.printf(
                            Locale.ROOT,
                            "round %d: bare consumer %s; one member %.0f changes/s, %s, %s, the cache %.1f s a million; ratio %.2f%n",
                            round,
                            line,
                            span.rate(),
                            span.seconds(),
                            member.memory(),
                            (cacheUsed() - before) / CHANGES * 1e6,
                            span.rate() / bare);
                }
            }
            entries.flushall();
            List<Member> members = new ArrayList<>();
            try {
                for (int i = 0; i < 3; i++) {
                    members.add(member("stock", "three"));
                }
                Span span = Span.of(members);
                isRight(topic);
                System.out.printf(
                        Locale.ROOT, "three members: %.0f changes/s in all, %s%n", span.rate(), span.seconds());
                for (Member each : members) {
                    System.out.printf("  %d changes, %s%n", each.applied(), each.memory());
                }
            } finally {
                members.forEach(Member::close);
            }
        }
    }

    @Test
    void partitionsOfAKilledMemberMoveOnWithOthers() throws Exception {
        broker.createTopic(MOVING, PARTITIONS);
        AtomicBoolean isEnough = new AtomicBoolean();
        try (StockTopic topic = new StockTopic(broker, MOVING, ROWS)) {
            Thread load = Thread.ofPlatform().start(() -> {
                while (!isEnough.get()) {
                    topic.change(40);
                    LockSupport.parkNanos(20_000_000);
                }
            });
            List<Member> members = new ArrayList<>();
            try {
                for (int i = 0; i < 3; i++) {
                    members.add(member(MOVING, MOVING));
                }
                for (int round = 1; round <= 3; round++) {
                    eventually(PATIENCE, () -> {
                        for (Member each : members) {
                            assertThat(each.applied()).isPositive();
                        }
                        assertThat(held()).containsExactly(4, 4, 4);
                        assertThat(committed()).hasSize(PARTITIONS);
                    });
                    members.removeFirst().process().kill();
                    Map<Integer, Long> after = untilEachMoves();
                    System.out.printf(
                            Locale.ROOT,
                            "round %d, a member was killed: the last partition moved on after %.1f s (session.timeout.ms=6000); each: %s%n",
                            round,
                            after.values().stream()
                                            .mapToLong(Long::longValue)
                                            .max()
                                            .orElseThrow()
                                    / 1e3,
                            after.values());
                    members.add(member(MOVING, MOVING));
                }
            } finally {
                isEnough.set(true);
                load.join();
                members.forEach(Member::close);
            }
        }
    }

    private List<Integer> held() throws ExecutionException, InterruptedException {
        return admin.describeConsumerGroups(List.of(MOVING)).all().get().values().stream()
                .flatMap(group -> group.members().stream())
                .map(member -> member.assignment().topicPartitions().size())
                .sorted()
                .toList();
    }

    private Map<Integer, Long> committed() throws ExecutionException, InterruptedException {
        Map<Integer, Long> at = new TreeMap<>();
        admin.listConsumerGroupOffsets(MOVING)
                .partitionsToOffsetAndMetadata()
                .get()
                .forEach((partition, offset) -> at.put(partition.partition(), offset.offset()));
        return at;
    }

    /** From each partition to the milliseconds until its position was a later one. */
    private Map<Integer, Long> untilEachMoves() throws Exception {
        long killed = System.nanoTime();
        Map<Integer, Long> before = committed();
        assertThat(before).hasSize(PARTITIONS);
        Map<Integer, Long> after = new TreeMap<>();
        eventually(PATIENCE, () -> {
            committed().forEach((partition, offset) -> {
                if (offset > before.getOrDefault(partition, 0L)) {
                    after.putIfAbsent(partition, (System.nanoTime() - killed) / 1_000_000);
                }
            });
            assertThat(after).hasSize(PARTITIONS);
        });
        return after;
    }
}
