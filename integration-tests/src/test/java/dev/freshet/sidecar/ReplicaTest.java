package dev.freshet.sidecar;

import static dev.freshet.servers.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.servers.AdminPort;
import dev.freshet.servers.CacheServer;
import dev.freshet.servers.FreshetCommand;
import dev.freshet.servers.FreshetProcess;
import dev.freshet.servers.PostgresRelease;
import dev.freshet.servers.Servers;
import dev.freshet.servers.local.LocalServers;
import dev.freshet.servers.process.FreePort;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A hot standby answers the queries of rules. */
class ReplicaTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String RULES = """
              counted:
                table: public.item
                put:
                  - key: count:{shelf}
                    as: string
                    query: select count(*)::text || ' on ' || pg_is_in_recovery() from item where shelf = {shelf}
                    ttl: none
            """;

    private final AdminPort admin = new AdminPort(FreePort.find());

    @Test
    void aReplicaIsAskedWhenItHasReplayedWhatThePrimaryHasWritten(@TempDir Path folder) throws Exception {
        try (LocalServers.Replicated database = new LocalServers().replicated(PostgresRelease.V18);
                CacheServer cache = Servers.chosen().cache();
                RedisClient client = RedisClient.create(cache.uri().toString());
                StatefulRedisConnection<String, String> entries = client.connect()) {
            database.primary()
                    .execute(
                            "create table item (id int primary key, shelf int)",
                            "alter table item replica identity full",
                            "insert into item values (1, 7)");
            String path = RuleFile.of(database.primary(), cache)
                    .withReplica(database.standby())
                    .withListen(admin.address())
                    .withRules(RULES)
                    .in(folder)
                    .toString();
            try (FreshetProcess run = FreshetCommand.freshet("run", "-c", path).start()) {
                eventually(SOON, () -> assertThat(entries.sync().get("count:7")).isEqualTo("1 on true"));
                database.standby().execute("select pg_wal_replay_pause()");
                eventually(SOON, () -> assertThat(pauseState(database)).isEqualTo("paused"));

                database.primary().execute("insert into item values (2, 7)");

                eventually(
                        SOON,
                        () -> assertThat(admin.ready().body()).contains("the replica has not replayed the log up to"));
                assertThat(entries.sync().get("count:7")).isEqualTo("1 on true");
                database.standby().execute("select pg_wal_replay_resume()");
                eventually(SOON, () -> assertThat(entries.sync().get("count:7")).isEqualTo("2 on true"));

                // Always behind by more than a look takes, while the primary goes on.
                database.standby()
                        .execute("alter system set recovery_min_apply_delay = '2500ms'", "select pg_reload_conf()");
                try (var writing = new Writing(database)) {
                    database.primary().execute("insert into item values (4, 9)");
                    eventually(
                            SOON,
                            () -> assertThat(entries.sync().get("count:9")).isEqualTo("1 on true"));
                    assertThat(writing.isAtWork()).isTrue();
                }

                database.standby().execute("select pg_promote()");
                database.primary().execute("insert into item values (3, 7)");

                eventually(SOON, () -> assertThat(admin.ready().body()).contains("source.replica is no replica"));
                assertThat(entries.sync().get("count:7")).isEqualTo("2 on true");

                database.standby()
                        .execute(
                                "alter role postgres password 'another'",
                                "select pg_terminate_backend(pid) from pg_stat_activity"
                                        + " where pid <> pg_backend_pid() and backend_type = 'client backend'");

                eventually(SOON, () -> assertThat(admin.ready().body()).contains("password authentication failed"));
                assertThat(entries.sync().get("count:7")).isEqualTo("2 on true");
                assertThat(entries.sync().exists("freshet:freshet:deadletters")).isZero();
                assertThat(run.isAlive()).isTrue();
            }
        }
    }

    private static String pauseState(LocalServers.Replicated database) throws SQLException {
        try (var session = database.standby().connect();
                var statement = session.createStatement();
                var row = statement.executeQuery("select pg_get_wal_replay_pause_state()")) {
            row.next();
            return row.getString(1);
        }
    }

    /** A table that no rule follows gets a row every few milliseconds. */
    private static final class Writing implements AutoCloseable {
        private final AtomicBoolean goesOn = new AtomicBoolean(true);
        private final CompletableFuture<Void> work;

        Writing(LocalServers.Replicated database) throws SQLException {
            database.primary().execute("create table noise (id serial)");
            work = CompletableFuture.runAsync(() -> {
                try (var session = database.primary().connect();
                        var statement = session.createStatement()) {
                    while (goesOn.get()) {
                        statement.execute("insert into noise default values");
                    }
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            });
        }

        boolean isAtWork() {
            return !work.isDone();
        }

        @Override
        public void close() {
            goesOn.set(false);
            work.join();
        }
    }
}
