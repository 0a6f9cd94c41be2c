package dev.freshet.faults;

import static dev.freshet.servers.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.servers.CacheServer;
import dev.freshet.servers.DatabaseServer;
import dev.freshet.servers.Servers;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database that keeps more and more log for a slot. */
class LagTest {
    private static final String RETAINED =
            "select coalesce(max(pg_wal_lsn_diff(pg_current_wal_lsn(), restart_lsn)), 0)::text"
                    + " from pg_replication_slots";

    @TempDir
    private Path folder = Path.of("");

    @Test
    void aSlotThatKeepsTooMuchWhileTheCacheIsAwayGoesAndTheCacheIsBuiltAnew() throws Exception {
        try (DatabaseServer database = Servers.chosen().postgres();
                CacheServer cache = Servers.chosen().cache();
                Bench bench = started(database, cache, "  retain: 1s\n  max_lag: 40MB\n  on_max_lag: drop_slot")) {
            awaitProven(bench);
            cache.pause();
            bench.execute("update product set price = 8 where id < 100", "delete from product where id > 400");
            write(bench);

            awaitDropped(bench);
            write(bench);
            assertThat(bench.ask(RETAINED)).isEqualTo("0");
            cache.resume();

            bench.awaitEqual();
            bench.awaitReady();
            bench.execute("update product set price = 9 where id = 1");
            bench.awaitEqual();
        }
    }

    @Test
    void whereAGapIsToStopFreshetADroppedSlotDoesAndItSaysWhy() throws Exception {
        try (DatabaseServer database = Servers.chosen().postgres();
                CacheServer cache = Servers.chosen().cache();
                Bench bench = started(
                        database, cache, "  retain: 1s\n  on_gap: stop\n  max_lag: 40MB\n  on_max_lag: drop_slot")) {
            awaitProven(bench);
            cache.pause();
            bench.execute("update product set price = 8 where id < 100");
            write(bench);
            awaitDropped(bench);
            cache.resume();

            assertThat(bench.freshet().awaitExit(Bench.PATIENCE)).isEqualTo(1);
            assertThat(bench.freshet().errors())
                    .anyMatch(line -> line.startsWith("changes may have been missed: the replication slot is gone"));
            assertThat(slots(bench)).isEqualTo("0");
        }
    }

    @Test
    void aNewSlotThatKeepsTooMuchBeforeTheCacheHasCaughtUpEndsFreshetInsteadOfBeginningAgainForEver() throws Exception {
        try (DatabaseServer database = Servers.chosen().postgres();
                CacheServer cache = Servers.chosen().cache();
                Bench bench = started(database, cache, "  retain: 1h\n  max_lag: 40MB\n  on_max_lag: drop_slot")) {
            cache.pause();
            bench.execute("update product set price = 8 where id < 100");
            write(bench);
            awaitDropped(bench);
            cache.resume();

            assertThat(bench.freshet().awaitExit(Bench.PATIENCE)).isEqualTo(1);
            assertThat(bench.freshet().errors())
                    .anyMatch(line -> line.startsWith(
                                    "changes may have been missed: the database wrote more log than source.max_lag")
                            && line.contains("raise source.max_lag"));
            assertThat(slots(bench)).isEqualTo("0");

            bench.stopFreshet();
            bench.startFreshet();
            bench.awaitEqual();
        }
    }

    @Test
    void aSlotThatKeepsTooMuchIsToldOf() throws Exception {
        try (DatabaseServer database = Servers.chosen().postgres();
                CacheServer cache = Servers.chosen().cache();
                Bench bench = started(database, cache, "  max_lag: 40MB")) {
            cache.pause();
            bench.execute("update product set price = 8 where id < 100");
            write(bench);

            eventually(Bench.PATIENCE, () -> {
                assertThat(bench.freshet().errors())
                        .anyMatch(
                                line -> line.contains("the database keeps more log for the slot than source.max_lag"));
                assertThat(bench.health()).contains("\"above_max_lag\":true");
            });
            assertThat(slots(bench)).isEqualTo("1");
            cache.resume();

            bench.awaitEqual();
        }
    }

    private static String slots(Bench bench) {
        return bench.ask("select count(*)::text from pg_replication_slots");
    }

    private static void awaitDropped(Bench bench) {
        eventually(Bench.PATIENCE, () -> {
            assertThat(slots(bench)).isEqualTo("0");
            assertThat(bench.freshet().errors())
                    .anyMatch(line -> line.contains("the slot kept more log than source.max_lag and was dropped"));
        });
    }

    /** Returns when the slot was told of something behind its snapshot. */
    private static void awaitProven(Bench bench) {
        String now = bench.ask("select pg_current_wal_lsn()::text");
        bench.execute("update product set price = price where id = 1");
        eventually(Bench.PATIENCE, () -> assertThat(bench.hasForgotten(now)).isTrue());
    }

    /** Log of other tables, which is kept all the same. */
    private static void write(Bench bench) {
        bench.execute("insert into other select repeat(md5(g::text), 60) from generate_series(1, 40000) g");
    }

    private Bench started(DatabaseServer database, CacheServer cache, String source) throws Exception {
        database.execute(Bench.SCHEMA);
        database.execute(
                "create table other (text text)",
                "alter table other alter column text set storage external",
                "insert into product select g, 'old-' || g, g from generate_series(1, 500) g");
        Bench bench = new Bench(database, cache, folder, database.port(), cache.port(), source);
        bench.startFreshet();
        bench.awaitReady();
        bench.awaitEqual();
        return bench;
    }
}
