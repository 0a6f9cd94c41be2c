package dev.freshet.faults;

import static dev.freshet.servers.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.servers.CacheMemory;
import dev.freshet.servers.CacheRelease;
import dev.freshet.servers.CacheServer;
import dev.freshet.servers.DatabaseServer;
import dev.freshet.servers.PostgresRelease;
import dev.freshet.servers.ServerSettings;
import dev.freshet.servers.Servers;
import dev.freshet.servers.TcpProxy;
import dev.freshet.servers.local.LocalServers;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A primary that acknowledged writes dies before its replica had them, and the replica is promoted. */
class CacheFailoverTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void whatTheReplicaDidNotHaveComesFromTheLogAgain() throws Exception {
        failsOver("", "false");
    }

    @Test
    void whereTheLogIsGoneAlreadyTheCacheIsBuiltAnew() throws Exception {
        failsOver("  retain: 1ms", "true");
    }

    private void failsOver(String source, String snapshot) throws Exception {
        Servers servers = new LocalServers();
        try (DatabaseServer database = servers.postgres(PostgresRelease.V18);
                CacheServer primary = servers.cache();
                CacheServer replica = servers.cache(
                        CacheRelease.VALKEY,
                        CacheMemory.LOST,
                        ServerSettings.DEFAULT.with("replicaof", primary.host() + " " + primary.port()));
                TcpProxy name = TcpProxy.before(primary);
                Bench bench = new Bench(database, primary, folder, database.port(), name.port(), source)) {
            database.execute(Bench.SCHEMA);
            database.execute("insert into product select g, 'old-' || g, g from generate_series(1, 500) g");
            bench.startFreshet();
            bench.awaitReady();
            bench.awaitEqual();
            on(
                    replica,
                    redis -> eventually(
                            Bench.PATIENCE,
                            () -> assertThat(redis.sync().dbsize()).isGreaterThan(1_500)));

            on(replica, redis -> redis.sync().replicaofNoOne());
            String parted = bench.ask("select pg_current_wal_lsn()::text");
            bench.execute(
                    "update product set price = 9 where id < 100",
                    "delete from product where id > 400",
                    "insert into product select g, 'more-' || g, 1 from generate_series(1001, 1500) g");
            bench.awaitEqual();
            if (!source.isEmpty()) {
                eventually(
                        Bench.PATIENCE,
                        () -> assertThat(bench.hasForgotten(parted))
                                .as("forgotten")
                                .isTrue());
            }
            primary.kill();
            bench.look(replica);
            assertThat(bench.cached()).as("what the replica has").isNotEqualTo(bench.expected());
            name.leadTo(replica);

            bench.awaitEqual();
            assertThat(bench.freshet().errors().stream().filter(line -> line.contains("source opened")))
                    .last()
                    .asString()
                    .contains("snapshot=\"" + snapshot + "\"");
            assertThat(bench.metric("freshet_target_went_back_total")).isEqualTo(1);
            bench.execute("update product set price = 11 where id < 10");
            bench.awaitEqual();
        }
    }

    private static void on(CacheServer server, Consumer<StatefulRedisConnection<String, String>> work) {
        RedisClient client = RedisClient.create(server.uri().toString());
        try (StatefulRedisConnection<String, String> connection = client.connect()) {
            work.accept(connection);
        } finally {
            client.shutdown(Duration.ZERO, Duration.ofSeconds(1));
        }
    }
}
