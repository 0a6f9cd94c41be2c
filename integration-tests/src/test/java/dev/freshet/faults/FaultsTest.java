package dev.freshet.faults;

import static dev.freshet.servers.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.servers.CacheMemory;
import dev.freshet.servers.CacheServer;
import dev.freshet.servers.DatabaseServer;
import dev.freshet.servers.PostgresRelease;
import dev.freshet.servers.Servers;
import dev.freshet.servers.TcpProxy;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.postgresql.PGConnection;

/** Nothing is lost, whatever dies: after each fault the cache equals what the rules make of the database, entirely. */
class FaultsTest {
    @TempDir
    private Path folder = Path.of("");

    /** What Freshet is in the middle of when it is killed. */
    enum Work {
        COPY {
            @Override
            void begin(Bench bench) throws SQLException, IOException {
                StringBuilder rows = new StringBuilder();
                for (int id = 1_000; id < 11_000; id++) {
                    rows.append(id).append("\tcopied-").append(id).append("\t1\tlive\n");
                }
                try (Connection connection = bench.database().connect()) {
                    connection
                            .unwrap(PGConnection.class)
                            .getCopyAPI()
                            .copyIn("copy product from stdin", new StringReader(rows.toString()));
                }
            }
        },
        MULTI_ROW {
            @Override
            void begin(Bench bench) {
                bench.execute(
                        "insert into product select g, 'many-' || g, 1 from generate_series(40000, 48000) g",
                        "update product set price = price + 1, slug = slug || '-x'");
            }
        },
        KEY_UPDATE {
            @Override
            void begin(Bench bench) {
                bench.execute("update product set id = id + 1000000 where id <= 500");
                bench.execute("update product set id = id - 1000000, price = 3 where id > 1000000");
            }
        };

        abstract void begin(Bench bench) throws SQLException, IOException;
    }

    static Stream<Arguments> works() {
        return Stream.of(
                Arguments.of(Work.COPY, PostgresRelease.V18),
                Arguments.of(Work.COPY, PostgresRelease.V15),
                Arguments.of(Work.MULTI_ROW, PostgresRelease.V18),
                Arguments.of(Work.KEY_UPDATE, PostgresRelease.V15));
    }

    @ParameterizedTest
    @MethodSource("works")
    void freshetKilledInTheMiddleOfItsWorkLosesNothing(Work work, PostgresRelease release) throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        try (DatabaseServer database = Servers.chosen().postgres(release);
                CacheServer cache = Servers.chosen().cache();
                Bench bench = started(database, cache, database.port())) {
            work.begin(bench);
            for (int kill = 0; kill < 2; kill++) {
                // Between nothing done and all done: as many entries as chance has it.
                int enough = bench.cachedEntries() + random.nextInt(3_000);
                int all = bench.expected().size();
                eventually(
                        Bench.PATIENCE,
                        () -> assertThat(bench.cachedEntries())
                                .as("seed " + seed)
                                .isGreaterThanOrEqualTo(Math.min(enough, all)));
                bench.killFreshet();
                bench.startFreshet();
            }
            bench.execute("update product set price = 77 where id % 7 = 0");
            bench.awaitEqual();
        }
    }

    @Test
    void anOrderlyRestartGoesOnFromTheCheckpointWithoutASnapshot() throws Exception {
        try (DatabaseServer database = Servers.chosen().postgres();
                CacheServer cache = Servers.chosen().cache();
                Bench bench = started(database, cache, database.port())) {
            bench.stopFreshet();
            bench.execute(
                    "update product set price = 9 where id < 100", "delete from product where id between 100 and 120");
            bench.startFreshet();

            bench.awaitEqual();

            assertThat(bench.freshet().errors())
                    .anyMatch(line -> line.contains("source opened") && line.contains("snapshot=\"false\""));
        }
    }

    @Test
    void aCutReplicationConnectionLosesNothing() throws Exception {
        try (DatabaseServer database = Servers.chosen().postgres();
                CacheServer cache = Servers.chosen().cache();
                TcpProxy network = TcpProxy.before(database);
                Bench bench = started(database, cache, network.port())) {
            for (int cut = 0; cut < 3; cut++) {
                bench.execute(
                        "insert into product select g + " + (cut + 1) * 10_000 + ", 'cut-' || g || '-" + cut
                                + "', 1 from generate_series(1, 5000) g",
                        "update product set price = price + 1");
                network.cut();
                bench.execute("delete from product where id % 5 = " + cut);
            }
            bench.awaitEqual();
        }
    }

    @Test
    void aBackfillBringsBackWhatTheCacheLostAlsoWhereFreshetIsKilledInTheMiddle() throws Exception {
        try (DatabaseServer database = Servers.chosen().postgres();
                CacheServer cache = Servers.chosen().cache();
                Bench bench = started(database, cache, database.port())) {
            bench.execute("insert into product select g, 'more-' || g, 1 from generate_series(1001, 31000) g");
            bench.awaitEqual();
            bench.damage();
            assertThat(bench.cached()).isNotEqualTo(bench.expected());

            bench.command("backfill", "--table", "product", "--no-wait");
            bench.execute("update product set price = price + 1 where id % 10 = 0");
            bench.killFreshet();
            bench.startFreshet();

            bench.awaitEqual();
        }
    }

    @Test
    void aResyncRightsWhateverTheCacheHolds() throws Exception {
        try (DatabaseServer database = Servers.chosen().postgres();
                CacheServer cache = Servers.chosen().cache();
                Bench bench = started(database, cache, database.port())) {
            bench.damage();
            bench.set("product:777777", "of no row");
            bench.set("product:5", "wrong");

            assertThat(bench.command("resync")).endsWith("done");

            assertThat(bench.cached()).isEqualTo(bench.expected());
            assertThat(bench.freshet().errors()).anyMatch(line -> line.contains("a resync was asked for"));
            bench.execute("update product set price = 7 where id = 5");
            bench.awaitEqual();
        }
    }

    @Test
    void aResyncThatWasAskedForWhileNobodyRanSurvivesAKillInItsMiddle() throws Exception {
        try (DatabaseServer database = Servers.chosen().postgres();
                CacheServer cache = Servers.chosen().cache();
                Bench bench = started(database, cache, database.port())) {
            bench.execute("insert into product select g, 'more-' || g, 1 from generate_series(1001, 31000) g");
            bench.awaitEqual();
            bench.stopFreshet();
            bench.damage();
            bench.set("product:777777", "of no row");
            int damaged = bench.cachedEntries();

            assertThat(bench.command("resync")).contains("the next one begins with it");
            assertThat(bench.cachedEntries()).isEqualTo(damaged);
            bench.startFreshet();
            eventually(Bench.PATIENCE, () -> assertThat(bench.cachedEntries()).isGreaterThan(damaged + 100));
            bench.killFreshet();
            bench.startFreshet();

            bench.awaitEqual();
        }
    }

    @Test
    void aRestartedDatabaseIsFollowedAgain() throws Exception {
        try (DatabaseServer database = Servers.chosen().postgres();
                CacheServer cache = Servers.chosen().cache();
                Bench bench = started(database, cache, database.port())) {
            bench.execute("update product set price = 8");
            database.kill();
            database.start();
            bench.execute("update product set price = 9 where id % 2 = 0");

            bench.awaitEqual();
            bench.awaitReady();
        }
    }

    @Test
    void aCacheThatWasAwayGetsWhatItMissed() throws Exception {
        try (DatabaseServer database = Servers.chosen().postgres();
                CacheServer cache = Servers.chosen().cache(CacheMemory.KEPT);
                Bench bench = started(database, cache, database.port())) {
            cache.stop();
            bench.execute("update product set price = 8", "delete from product where id > 400");
            cache.start();

            bench.awaitEqual();
        }
    }

    @Test
    void aCacheThatCameBackEmptyIsRebuilt() throws Exception {
        try (DatabaseServer database = Servers.chosen().postgres();
                CacheServer cache = Servers.chosen().cache(CacheMemory.LOST);
                Bench bench = started(database, cache, database.port())) {
            cache.kill();
            bench.execute("update product set price = 8 where id < 10");
            cache.start();

            bench.awaitEqual();
            bench.execute("update product set price = 10 where id < 10");
            bench.awaitEqual();
        }
    }

    @Test
    void aCacheThatHangsHoldsTheWorkAndLosesNothing() throws Exception {
        try (DatabaseServer database = Servers.chosen().postgres();
                CacheServer cache = Servers.chosen().cache();
                Bench bench = started(database, cache, database.port())) {
            cache.pause();
            bench.execute("update product set price = 8");
            eventually(
                    Bench.PATIENCE,
                    () -> assertThat(bench.freshet().errors()).anyMatch(line -> line.contains("the target is away")));
            cache.resume();

            bench.awaitEqual();
        }
    }

    @Test
    void rulesThatChangedWhileFreshetWasDownReachTheRowsThatDidNot() throws Exception {
        try (DatabaseServer database = Servers.chosen().postgres();
                CacheServer cache = Servers.chosen().cache();
                Bench bench = started(database, cache, database.port())) {
            bench.stopFreshet();
            bench.changeRules(300);
            bench.startFreshet();

            bench.awaitEqual();
        }
    }

    @Test
    void aPublicationThatLeftATableOutForAWhileIsNoticedAtTheNextStart() throws Exception {
        try (DatabaseServer database = Servers.chosen().postgres();
                CacheServer cache = Servers.chosen().cache();
                Bench bench = started(database, cache, database.port())) {
            bench.stopFreshet();
            leaveTheTableOutForAWhile(bench);
            bench.startFreshet();

            bench.awaitEqual();
        }
    }

    @Test
    void aPublicationThatLeavesATableOutForAWhileIsNoticedWhileItRuns() throws Exception {
        try (DatabaseServer database = Servers.chosen().postgres();
                CacheServer cache = Servers.chosen().cache();
                Bench bench = started(database, cache, database.port())) {
            leaveTheTableOutForAWhile(bench);

            bench.awaitEqual();
        }
    }

    @Test
    void aLostSlotIsNoticedAndWhatIsRightStaysWhileTheCacheIsBuiltAnew() throws Exception {
        try (DatabaseServer database = Servers.chosen().postgres();
                CacheServer cache = Servers.chosen().cache();
                Bench bench = started(database, cache, database.port())) {
            bench.stopFreshet();
            bench.execute(
                    "select pg_drop_replication_slot(slot_name) from pg_replication_slots",
                    "update product set price = 9 where id between 100 and 120",
                    "delete from product where id > 400",
                    "insert into product select g, 'more-' || g, 1 from generate_series(10001, 60000) g");
            try (Bench.Watch watch = bench.watch("product:1")) {
                bench.startFreshet();
                bench.awaitEqual();

                assertThat(watch.looks()).isPositive();
                assertThat(watch.missing())
                        .as("looks at which it was not there")
                        .isZero();
            }
        }
    }

    private static void leaveTheTableOutForAWhile(Bench bench) {
        bench.execute(
                "alter publication freshet drop table product",
                "update product set price = 9 where id < 100",
                "delete from product where id > 400",
                "alter publication freshet add table product");
    }

    /** Transaction ids, and so the epochs of leaders, begin again from small numbers there. */
    @Test
    void aDatabaseThatWasBuiltAnewIsFollowedWithTheOldOnesCache() throws Exception {
        try (CacheServer cache = Servers.chosen().cache()) {
            try (DatabaseServer database = Servers.chosen().postgres();
                    Bench bench = started(database, cache, database.port())) {
                bench.execute("do $$ begin for i in 1..20000 loop insert into product values (1000000, 'x', 1);"
                        + " delete from product where id = 1000000; commit; end loop; end $$");
                bench.stopFreshet();
                bench.startFreshet();
                bench.awaitReady();
                bench.execute("update product set price = 5 where id = 1");
                bench.awaitEqual();
                bench.stopFreshet();
            }
            try (DatabaseServer database = Servers.chosen().postgres();
                    Bench bench = started(database, cache, database.port())) {
                bench.execute("update product set price = 10 where id < 10");
                bench.awaitEqual();
            }
        }
    }

    private Bench started(DatabaseServer database, CacheServer cache, int databasePort) throws Exception {
        database.execute(Bench.SCHEMA);
        database.execute("insert into product select g, 'old-' || g, g from generate_series(1, 500) g");
        Bench bench = new Bench(database, cache, folder, databasePort);
        bench.startFreshet();
        bench.awaitReady();
        bench.awaitEqual();
        return bench;
    }
}
