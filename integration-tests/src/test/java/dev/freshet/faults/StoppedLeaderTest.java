package dev.freshet.faults;

import static dev.freshet.servers.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.servers.CacheServer;
import dev.freshet.servers.DatabaseServer;
import dev.freshet.servers.FreshetCommand;
import dev.freshet.servers.FreshetProcess;
import dev.freshet.servers.Servers;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that stands still loses its lead to another one, and goes on where it was when nothing guards the entries any more. */
class StoppedLeaderTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String END_ALL_SESSIONS = "select pg_terminate_backend(pid) from pg_stat_activity"
            + " where pid <> pg_backend_pid() and backend_type in ('client backend', 'walsender')";

    @Test
    void whatItHadInHandIsNotWrittenOverWhatTheOtherWrote(@TempDir Path folder) throws Exception {
        try (DatabaseServer database = Servers.chosen().postgres();
                CacheServer cache = Servers.chosen().cache();
                RedisClient client = RedisClient.create(cache.uri().toString());
                StatefulRedisConnection<String, String> connection = client.connect()) {
            var entries = connection.sync();
            database.execute(
                    "create table product (id int primary key, price int)",
                    "alter table product replica identity full",
                    "insert into product values (1, 1)");
            String file = file(folder, database, cache);
            try (FreshetProcess stopped =
                    FreshetCommand.freshet("run", "-c", file).start()) {
                eventually(SOON, () -> {
                    assertThat(entries.get("product:1")).isEqualTo("1");
                    assertThat(entries.get("freshet:freshet:checkpoint")).isNotNull();
                });
                cache.pause();
                database.execute("update product set price = 2");
                stopped.awaitLine("the target is away", SOON);
                stopped.pause();
                cache.resume();
                database.execute(END_ALL_SESSIONS);
                try (FreshetProcess other =
                        FreshetCommand.freshet("run", "-c", file).start()) {
                    database.execute("update product set price = 3");
                    eventually(SOON, () -> assertThat(entries.get("product:1")).isEqualTo("3"));
                    eventually(
                            SOON, () -> assertThat(entries.keys("*}product:1")).isEmpty());

                    stopped.resume();

                    stopped.awaitLine("source lost, opening another", SOON);
                    assertThat(entries.get("product:1")).isEqualTo("3");
                    assertThat(other.isAlive()).isTrue();
                }
            }
        }
    }

    private static String file(Path folder, DatabaseServer database, CacheServer cache) throws IOException {
        return Files.writeString(folder.resolve("freshet.yaml"), """
                        source:
                          type: postgresql
                          url: postgresql://%s:%d/%s
                          user: %s
                          password: "%s"
                        cache: {url: "%s"}
                        admin: {listen: "127.0.0.1:0"}
                        fence: {window: 3s}
                        rules:
                          product:
                            table: public.product
                            put: [{key: "product:{id}", as: string, value: "{price}", ttl: none}]
                        """.formatted(
                                database.host(),
                                database.port(),
                                database.database(),
                                database.superuser(),
                                database.password(),
                                cache.uri()))
                .toString();
    }
}
