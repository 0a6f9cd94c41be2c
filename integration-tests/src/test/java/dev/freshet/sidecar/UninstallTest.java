package dev.freshet.sidecar;

import static dev.freshet.servers.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.servers.CacheServer;
import dev.freshet.servers.DatabaseServer;
import dev.freshet.servers.FreshetCommand;
import dev.freshet.servers.FreshetProcess;
import dev.freshet.servers.Servers;
import io.lettuce.core.RedisClient;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Freshet made goes, and nothing else does. */
final class UninstallTest {
    private static final Duration SOON = Duration.ofSeconds(60);

    private static DatabaseServer database;
    private static CacheServer cache;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() throws SQLException {
        database = Servers.chosen().postgres();
        cache = Servers.chosen().cache();
        database.execute(
                "create table product (id bigint primary key, name text, price int)",
                "alter table product replica identity full",
                "insert into product values (1, 'Kettle', 40)",
                "create table other (id bigint primary key)");
    }

    @AfterAll
    static void close() {
        cache.close();
        database.close();
    }

    private String file(String slot) {
        return RuleFile.of(database, cache)
                .withSlot(slot)
                .withCache("url: \"%s\", prefix: \"%s:\"".formatted(cache.uri(), slot))
                .in(folder)
                .toString();
    }

    private static FreshetProcess running(String path, String slot) {
        FreshetProcess run = FreshetCommand.freshet("run", "-c", path).start();
        eventually(SOON, () -> {
            assertThat(keys(slot + ":product:1")).hasSize(1);
            assertThat(keys(slot + ":freshet:*")).isNotEmpty();
            assertThat(count("pg_replication_slots where active and slot_name = '" + slot + "'"))
                    .isEqualTo(1);
        });
        return run;
    }

    private static long count(String from) throws SQLException {
        try (Connection connection = database.connect();
                ResultSet row = connection.createStatement().executeQuery("select count(*) from " + from)) {
            row.next();
            return row.getLong(1);
        }
    }

    private static List<String> keys(String pattern) {
        RedisClient client = RedisClient.create(cache.uri().toString());
        try (var connection = client.connect()) {
            return connection.sync().keys(pattern);
        } finally {
            client.shutdown(Duration.ZERO, Duration.ofSeconds(1));
        }
    }

    @Test
    void whatFreshetMadeGoesAndItsEntriesStay() throws SQLException {
        String path = file("going");
        try (FreshetProcess run = running(path, "going")) {
            assertThat(run.terminate()).isZero();
        }
        Ended unasked = Ended.freshet("uninstall", "-c", path);
        assertThat(unasked.code()).isEqualTo(2);
        assertThat(unasked.errors())
                .containsExactly("nobody is there to say yes, and nothing was taken away: --yes does it");
        assertThat(count("pg_replication_slots where slot_name = 'going'")).isEqualTo(1);

        Ended told = Ended.freshet("uninstall", "--yes", "-c", path);

        assertThat(told.code()).as(told.errors().toString()).isZero();
        assertThat(told.output())
                .anyMatch(line -> line.matches("  replication slot 'going' of .* of log are kept"))
                .anyMatch(line -> line.matches("  publication 'going' of .* \\(public.product\\)"))
                .contains("  key going:freshet:going:checkpoint of the cache", "  entries product:*, which go stale")
                .last()
                .isEqualTo("done");
        assertThat(count("pg_replication_slots where slot_name = 'going'")).isZero();
        assertThat(count("pg_publication where pubname = 'going'")).isZero();
        assertThat(keys("going:freshet:*")).isEmpty();
        assertThat(keys("going:product:*")).hasSize(1);
        assertThat(count("product")).isEqualTo(1);

        Ended.freshet("uninstall", "--yes", "-c", path).answered(0, "nothing is left of slot 'going'");
    }

    @Test
    void nothingGoesWhileAFreshetRuns() throws SQLException {
        String path = file("held");
        try (FreshetProcess run = running(path, "held")) {
            Ended refused = Ended.freshet("uninstall", "--yes", "-c", path);

            assertThat(refused.code()).isEqualTo(1);
            assertThat(refused.errors())
                    .singleElement()
                    .asString()
                    .startsWith("replication slot 'held' is in use by process ")
                    .endsWith(": stop it first; nothing was taken away");
            assertThat(count("pg_publication where pubname = 'held'")).isEqualTo(1);
            assertThat(keys("held:freshet:*")).isNotEmpty();
            assertThat(run.terminate()).isZero();
        }
    }

    @Test
    void aPublicationThatMayBeSomebodyElsesStays() throws SQLException {
        database.execute("create publication shared for table product, other");

        Ended told = Ended.freshet("uninstall", "--yes", "-c", file("shared"));

        assertThat(told.code()).isEqualTo(3);
        assertThat(told.output())
                .contains(
                        "  publication 'shared', which has tables that no rule follows (public.other), so that somebody"
                                + " else may read it: drop publication if exists \"shared\";");
        assertThat(count("pg_publication where pubname = 'shared'")).isEqualTo(1);
    }

    @Test
    void aSlotThatWasNeverFreshetsStays() throws SQLException {
        database.execute("select pg_create_physical_replication_slot('standby')");
        try {
            Ended told = Ended.freshet("uninstall", "--yes", "-c", file("standby"));

            assertThat(told.code()).isEqualTo(3);
            assertThat(count("pg_replication_slots where slot_name = 'standby'"))
                    .isEqualTo(1);
        } finally {
            database.execute("select pg_drop_replication_slot('standby')");
        }
    }

    @Test
    void theSlotGoesAlsoWhereTheCacheIsGoneForGood() throws SQLException {
        try (CacheServer gone = Servers.chosen().cache()) {
            gone.kill();
            database.execute("select pg_create_logical_replication_slot('alone', 'pgoutput')");
            String path = RuleFile.of(database, cache)
                    .withSlot("alone")
                    .withCache("url: \"%s\"".formatted(gone.uri()))
                    .in(folder)
                    .toString();

            Ended refused = Ended.freshet("uninstall", "--yes", "-c", path);
            assertThat(refused.code()).isEqualTo(1);
            assertThat(refused.errors()).last().isEqualTo("--keep-cache does the rest without it");
            assertThat(count("pg_replication_slots where slot_name = 'alone'")).isEqualTo(1);

            Ended done = Ended.freshet("uninstall", "--yes", "--keep-cache", "-c", path);
            assertThat(done.code()).as(done.errors().toString()).isZero();
            assertThat(count("pg_replication_slots where slot_name = 'alone'")).isZero();
        }
    }
}
