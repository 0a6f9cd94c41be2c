package dev.freshet.connector.debezium;

import static dev.freshet.servers.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.change.Change;
import dev.freshet.servers.CacheServer;
import dev.freshet.servers.DatabaseServer;
import dev.freshet.servers.PostgresRelease;
import dev.freshet.servers.ServerSettings;
import dev.freshet.servers.Servers;
import io.debezium.embedded.Connect;
import io.debezium.engine.DebeziumEngine;
import io.debezium.engine.RecordChangeEvent;
import io.debezium.engine.format.ChangeEventFormat;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Figures, not verdicts: what is asserted is that the work was done; the rates are printed. */
@Tag("benchmark")
class BenchmarkTest {
    private static final int ROWS = 10_000;
    private static final int UPDATES = Integer.getInteger("freshet.benchmark.updates", 500_000);
    private static final int ROUNDS = 2;
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    @TempDir
    static Path folder;

    private static final ServerSettings BACKLOG =
            ServerSettings.DEFAULT.with("synchronous_commit", "off").with("max_wal_size", "4GB");

    /** Else the server writes its log five times a second, and nothing behind it can be faster. */
    private static final ServerSettings EACH_COMMIT_FLUSHED = ServerSettings.DEFAULT.with("synchronous_commit", "on");

    @Test
    void backlogOfSingleRowUpdatesBesideAHandlerThatDoesNothing() throws Exception {
        try (DatabaseServer server = server(BACKLOG);
                CacheServer cache = Servers.chosen().cache()) {
            List<String> slots = new ArrayList<>();
            for (int round = 0; round < ROUNDS; round++) {
                String nothing = "nothing_" + round;
                server.execute("select pg_create_logical_replication_slot('" + nothing + "', 'pgoutput')");
                slots.add("freshet_" + round);
                firstStart(server, cache, "freshet_" + round);
            }
            server.execute("create procedure work(n int) language plpgsql as $$ begin for i in 1..n loop"
                    + " update a set x = i where id = 1 + (i % " + ROWS + "); commit; end loop; end $$");
            server.execute("call work(" + UPDATES + ")", "insert into a values (-1, -1)");
            for (int round = 0; round < ROUNDS; round++) {
                double nothing = rateOfNothing(server, "nothing_" + round);
                double freshet = rateOfFreshet(server, cache, slots.get(round));
                System.out.printf(
                        Locale.ROOT,
                        "backlog of %d, round %d: nothing %.0f changes/s, freshet %.0f changes/s, ratio %.2f%n",
                        UPDATES,
                        round + 1,
                        nothing,
                        freshet,
                        freshet / nothing);
            }
        }
    }

    @Test
    void commitToCacheAtAThousandChangesASecond() throws Exception {
        int seconds = 20;
        List<Double> millis = Collections.synchronizedList(new ArrayList<>());
        try (DatabaseServer server = server(EACH_COMMIT_FLUSHED);
                CacheServer cache = Servers.chosen().cache();
                BenchmarkPipeline pipeline = new BenchmarkPipeline(
                        server,
                        cache,
                        "latency",
                        folder,
                        (changes, at) -> changes.forEach(change -> millis.add(
                                Duration.between(change.committedAt(), at).toNanos() / 1e6)));
                Connection connection = server.connect();
                PreparedStatement update = connection.prepareStatement("update a set x = ? where id = ?")) {
            eventually(Duration.ofMinutes(1), () -> {
                server.execute("update a set x = -2 where id = 1");
                assertThat(millis).isNotEmpty();
            });
            long begin = System.nanoTime();
            for (int i = 0; i < seconds * 1_000; i++) {
                while (System.nanoTime() < begin + i * 1_000_000L) {
                    LockSupport.parkNanos(100_000);
                }
                update.setInt(1, i);
                update.setInt(2, 1 + i % ROWS);
                update.executeUpdate();
                if (i == 5_000) {
                    millis.clear();
                }
            }
            eventually(Duration.ofMinutes(1), () -> assertThat(millis).hasSizeGreaterThan((seconds - 6) * 1_000));
            List<Double> sorted = new ArrayList<>(millis);
            Collections.sort(sorted);
            System.out.printf(
                    Locale.ROOT,
                    "commit to cache at 1000 changes/s, %d changes: p50 %.1f ms, p99 %.1f ms, max %.1f ms%n",
                    sorted.size(),
                    sorted.get(sorted.size() / 2),
                    sorted.get(sorted.size() * 99 / 100),
                    sorted.getLast());
        }
    }

    private static DatabaseServer server(ServerSettings settings) throws Exception {
        DatabaseServer server = Servers.chosen().postgres(PostgresRelease.V18, settings);
        LogWorkload.createTables(server);
        server.execute(
                "insert into a select g, 0 from generate_series(1, " + ROWS + ") g",
                "create publication freshet for table a, b, last with (publish_via_partition_root = true)");
        return server;
    }

    /** Makes the slot and the checkpoint, so that the backlog is what comes after. */
    private static void firstStart(DatabaseServer server, CacheServer cache, String slot) throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        try (BenchmarkPipeline pipeline =
                new BenchmarkPipeline(server, cache, slot, folder, (changes, at) -> begun.countDown())) {
            eventually(Duration.ofMinutes(1), () -> {
                server.execute("update a set x = -3 where id = 1");
                assertThat(begun.await(200, TimeUnit.MILLISECONDS)).isTrue();
            });
        }
    }

    private static double rateOfFreshet(DatabaseServer server, CacheServer cache, String slot) throws Exception {
        AtomicLong first = new AtomicLong();
        AtomicInteger count = new AtomicInteger();
        CountDownLatch done = new CountDownLatch(1);
        try (BenchmarkPipeline pipeline = new BenchmarkPipeline(server, cache, slot, folder, (changes, at) -> {
            first.compareAndSet(0, System.nanoTime());
            if (count.addAndGet(changes.size()) >= UPDATES && changes.getLast() instanceof Change.Insert) {
                done.countDown();
            }
        })) {
            assertThat(done.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            return count.get() / ((System.nanoTime() - first.get()) / 1e9);
        }
    }

    private static double rateOfNothing(DatabaseServer server, String slot) throws Exception {
        AtomicLong first = new AtomicLong();
        AtomicInteger count = new AtomicInteger();
        CountDownLatch done = new CountDownLatch(1);
        DebeziumEngine.ChangeConsumer<RecordChangeEvent<SourceRecord>> nothing = (events, committer) -> {
            first.compareAndSet(0, System.nanoTime());
            count.addAndGet(events.size());
            if (events.getLast().record().value() instanceof Struct value
                    && value.schema().field("op") != null
                    && value.getString("op").equals("c")) {
                done.countDown();
            }
        };
        long start = new PostgresDatabase(Sources.address(server))
                .state(slot)
                .slot()
                .orElseThrow()
                .confirmed();
        PostgresSettings settings = Sources.settings(server, slot, Set.of(), 2048);
        try (DebeziumEngine<RecordChangeEvent<SourceRecord>> engine = DebeziumEngine.create(
                        ChangeEventFormat.of(Connect.class))
                .using(EngineProperties.of(settings, 180_000, Optional.of(new DebeziumOffset(Map.of("lsn", start)))))
                .notifying(nothing)
                .build()) {
            Thread.ofPlatform().daemon().start(engine);
            assertThat(done.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            return count.get() / ((System.nanoTime() - first.get()) / 1e9);
        }
    }
}
