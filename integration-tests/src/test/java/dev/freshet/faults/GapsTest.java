package dev.freshet.faults;

import static dev.freshet.servers.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.servers.CacheServer;
import dev.freshet.servers.DatabaseServer;
import dev.freshet.servers.PostgresRelease;
import dev.freshet.servers.Servers;
import dev.freshet.servers.TcpProxy;
import dev.freshet.servers.local.LocalServers;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A log that no longer reaches back to the checkpoint, on servers that really lost it, while Freshet runs. */
class GapsTest {
    private static final String GAP = "changes may have been missed";

    @TempDir
    private Path folder = Path.of("");

    @ParameterizedTest
    @EnumSource
    void aSlotThatTheServerInvalidatedIsNoticed(PostgresRelease release) throws Exception {
        try (DatabaseServer database = Servers.chosen().postgres(release);
                CacheServer cache = Servers.chosen().cache();
                Bench bench = started(database, cache, database.port())) {
            bench.execute("alter system set max_slot_wal_keep_size = '1MB'", "select pg_reload_conf()");
            cache.pause();
            bench.execute("update product set price = 8 where id < 100", "delete from product where id > 150");
            eventually(Bench.PATIENCE, () -> {
                bench.execute(
                        "select pg_logical_emit_message(false, 'other', repeat('x', 1000000))",
                        "select pg_switch_wal()",
                        "checkpoint");
                assertThat(bench.ask("select max(wal_status) from pg_replication_slots"))
                        .isEqualTo("lost");
            });
            cache.resume();

            bench.freshet().awaitLine(GAP, Bench.PATIENCE);
            bench.awaitEqual();
        }
    }

    /** It has neither the slot nor the last changes, which the cache has. */
    @Test
    void aStandbyThatWasBehindAndTookThePrimarysPlaceIsNoticed() throws Exception {
        try (LocalServers.Replicated replicated = new LocalServers().replicated(PostgresRelease.V18);
                CacheServer cache = Servers.chosen().cache();
                TcpProxy road = TcpProxy.before(replicated.primary());
                Bench bench = started(replicated.primary(), cache, road.port())) {
            bench.look(replicated.standby());
            eventually(
                    Bench.PATIENCE,
                    () -> assertThat(bench.ask("select count(*)::text from product"))
                            .isEqualTo("200"));
            replicated.standby().stop();
            bench.look(replicated.primary());
            bench.execute("update product set price = 8 where id < 100", "delete from product where id > 150");
            bench.awaitEqual();
            replicated.primary().kill();
            replicated.standby().start();
            replicated.standby().execute("select pg_promote()");
            bench.look(replicated.standby());
            assertThat(bench.ask("select count(*)::text from product")).isEqualTo("200");
            road.leadTo(replicated.standby());

            bench.freshet().awaitLine(GAP, Bench.PATIENCE);
            bench.awaitEqual();
            bench.execute("update product set price = 9 where id = 1");
            bench.awaitEqual();
        }
    }

    private Bench started(DatabaseServer database, CacheServer cache, int port) throws Exception {
        database.execute(Bench.SCHEMA);
        database.execute("insert into product select g, 'old-' || g, g from generate_series(1, 200) g");
        Bench bench = new Bench(database, cache, folder, port);
        bench.startFreshet();
        bench.awaitReady();
        bench.awaitEqual();
        return bench;
    }
}
