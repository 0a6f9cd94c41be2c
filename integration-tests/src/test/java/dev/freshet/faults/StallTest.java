package dev.freshet.faults;

import static dev.freshet.servers.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.servers.CacheServer;
import dev.freshet.servers.DatabaseServer;
import dev.freshet.servers.Servers;
import dev.freshet.servers.TcpProxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** It never stalls quietly: what says nothing for too long is told of, given up and begun again. */
class StallTest {
    private static final String STALLED_AFTER = "  stalled_after: 4s\n  query_timeout: 1s";
    private static final String GIVEN_UP = "the database said nothing, although it was asked to";

    @TempDir
    private Path folder = Path.of("");

    @Test
    void connectionsThatFellSilentAreGivenUp() throws Exception {
        try (DatabaseServer database = Servers.chosen().postgres();
                CacheServer cache = Servers.chosen().cache();
                TcpProxy road = TcpProxy.before(database);
                Bench bench = started(database, cache, road.port())) {
            road.silence();
            bench.execute("update product set price = 8 where id < 100");

            bench.awaitEqual();
        }
    }

    /** Everything else goes on: nobody can tell but who asks through the log. */
    @Test
    void aLogThatIsNotSentIsToldOfAndReadThroughAnotherConnection() throws Exception {
        try (DatabaseServer database = Servers.chosen().postgres();
                CacheServer cache = Servers.chosen().cache();
                TcpProxy road = TcpProxy.before(database);
                Bench bench = started(database, cache, road.port())) {
            road.silence("replication");
            bench.execute("update product set price = 8 where id < 100");

            bench.freshet().awaitLine(GIVEN_UP, Bench.PATIENCE);
            bench.awaitEqual();
            assertThat(bench.metric("freshet_sources_given_up_total")).isEqualTo(1);
        }
    }

    @Test
    void aLogInWhichNothingHappensIsNotTakenForSilence() throws Exception {
        try (DatabaseServer database = Servers.chosen().postgres();
                CacheServer cache = Servers.chosen().cache();
                Bench bench = started(database, cache, database.port())) {
            String before = bench.ask("select now()::text");
            eventually(
                    Bench.PATIENCE,
                    () -> assertThat(bench.ask("select (now() > '" + before + "'::timestamptz + interval '6 s')::text"))
                            .isEqualTo("true"));
            assertThat(bench.metric("freshet_sources_given_up_total")).isZero();
        }
    }

    @Test
    void aPipelineThatHangsEndsTheProcessAndTheNextOneGoesOn() throws Exception {
        Path hangs = folder.resolve("hangs");
        try (DatabaseServer database = Servers.chosen().postgres();
                CacheServer cache = Servers.chosen().cache();
                Bench bench = bench(database, cache, database.port())) {
            bench.startFreshet(HangingFreshet.class, Map.of(HangingFreshet.VARIABLE, hangs.toString()));
            bench.awaitEqual();
            Files.createFile(hangs);
            bench.execute("update product set price = 8 where id < 100");

            assertThat(bench.freshet().awaitExit(Bench.PATIENCE)).isEqualTo(1);
            assertThat(bench.freshet().errors())
                    .anyMatch(line -> line.contains("the pipeline hangs") && line.contains("HangingFreshet"));

            bench.startFreshet();
            bench.awaitEqual();
        }
    }

    private Bench started(DatabaseServer database, CacheServer cache, int port) throws Exception {
        Bench bench = bench(database, cache, port);
        bench.startFreshet();
        bench.awaitReady();
        bench.awaitEqual();
        return bench;
    }

    private Bench bench(DatabaseServer database, CacheServer cache, int port) throws Exception {
        database.execute(Bench.SCHEMA);
        database.execute("insert into product select g, 'old-' || g, g from generate_series(1, 200) g");
        return new Bench(database, cache, folder, port, cache.port(), STALLED_AFTER);
    }
}
