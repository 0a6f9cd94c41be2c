package dev.freshet.faults;

import static dev.freshet.servers.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.servers.AdminPort;
import dev.freshet.servers.CacheServer;
import dev.freshet.servers.DatabaseServer;
import dev.freshet.servers.Eventually;
import dev.freshet.servers.FreshetCommand;
import dev.freshet.servers.FreshetProcess;
import dev.freshet.servers.PostgresRelease;
import dev.freshet.servers.ServerSettings;
import dev.freshet.servers.Servers;
import dev.freshet.servers.process.FreePort;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What would fill a memory without bounds, in a process that has 256 MB for its heap. Peaks are printed. */
@Tag("benchmark")
class BoundedMemoryTest {
    private static final Duration PATIENCE = Duration.ofMinutes(20);
    private static final int PAGE = 1_000;

    private static final ServerSettings DATABASE = ServerSettings.DEFAULT
            .with("synchronous_commit", "off")
            .with("max_wal_size", "4GB")
            .with("shared_buffers", "256MB");

    @TempDir
    private Path folder = Path.of("");

    /** A table of narrow rows, or of wide ones, whose every row has an entry. */
    private final class Case implements AutoCloseable {
        private final String name;
        private final DatabaseServer database = Servers.chosen().postgres(PostgresRelease.V18, DATABASE);
        private final CacheServer cache = Servers.chosen().cache();
        private final RedisClient client = RedisClient.create(cache.uri().toString());
        private final StatefulRedisConnection<String, String> connection = client.connect();
        private final FreshetProcess freshet;
        private final long begun;

        Case(String name, String... before) throws IOException, SQLException {
            this.name = name;
            database.execute("create table item (id bigint primary key, value text)");
            database.execute("alter table item replica identity full, alter column value set storage external");
            database.execute(before);
            Path file = Files.writeString(folder.resolve("freshet.yaml"), """
                    source:
                      type: postgresql
                      url: postgresql://%s:%d/%s
                      user: %s
                      password: ${env:PGPASSWORD}
                    cache: {url: "%s"}
                    admin: {listen: "%s"}
                    rules:
                      item:
                        table: public.item
                        put: [{key: "item:{id}", as: string, value: "{value}", ttl: none}]
                    """.formatted(
                            database.host(),
                            database.port(),
                            database.database(),
                            database.superuser(),
                            cache.uri(),
                            new AdminPort(FreePort.find()).address()));
            begun = System.nanoTime();
            freshet = FreshetCommand.freshet("run", "-c", file.toString(), "--allow-unknown-old-keys")
                    .withEnvironment("PGPASSWORD", database.password())
                    .start();
        }

        void execute(String... statements) throws SQLException {
            database.execute(statements);
        }

        /** Until the last row of the table has its entry. */
        void awaitLast() {
            eventually(PATIENCE, () -> {
                if (!freshet.isAlive()) {
                    throw new Eventually.HopelessException(String.join("\n", freshet.errors()));
                }
                try (Connection sql = database.connect();
                        Statement statement = sql.createStatement();
                        ResultSet row = statement.executeQuery("select id, value from item order by id desc limit 1")) {
                    row.next();
                    assertThat(connection.sync().get("item:" + row.getString(1)))
                            .isEqualTo(row.getString(2));
                }
            });
        }

        /** Every row has its entry. */
        void compare() throws SQLException {
            RedisCommands<String, String> commands = connection.sync();
            try (Connection sql = database.connect()) {
                sql.setAutoCommit(false);
                try (Statement statement = sql.createStatement()) {
                    statement.setFetchSize(PAGE);
                    List<String> keys = new ArrayList<>();
                    List<String> values = new ArrayList<>();
                    try (ResultSet row = statement.executeQuery("select 'item:' || id, value from item")) {
                        while (row.next()) {
                            keys.add(row.getString(1));
                            values.add(row.getString(2));
                            if (keys.size() == PAGE || row.isLast()) {
                                assertThat(commands.mget(keys.toArray(String[]::new)).stream()
                                                .map(each -> each.getValueOrElse("none"))
                                                .toList()
                                                .equals(values))
                                        .as("entries from " + keys.getFirst() + " on")
                                        .isTrue();
                                keys.clear();
                                values.clear();
                            }
                        }
                    }
                }
            }
        }

        void tell() throws IOException {
            System.out.printf(
                    Locale.ROOT,
                    "%s: %d MB resident at most, %d s%n",
                    name,
                    peakKilobytes() / 1024,
                    Duration.ofNanos(System.nanoTime() - begun).toSeconds());
        }

        private long peakKilobytes() throws IOException {
            return Files.readAllLines(Path.of("/proc", Long.toString(freshet.pid()), "status")).stream()
                    .filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                    .findFirst()
                    .orElseThrow();
        }

        @Override
        public void close() {
            freshet.close();
            connection.close();
            client.shutdown();
            cache.close();
            database.close();
        }
    }

    @Test
    void oneTransactionOfAMillionRows() throws Exception {
        try (Case million = new Case("a transaction of a million rows, inserted; then updated")) {
            million.execute("insert into item select g, 'first ' || g from generate_series(1, 1000000) g");
            million.awaitLast();
            million.execute("update item set value = 'second ' || id");
            million.awaitLast();
            million.compare();
            million.tell();
        }
    }

    @Test
    void aSnapshotOfTenMillionRows() throws Exception {
        try (Case rows = new Case(
                "a snapshot of ten million rows",
                "insert into item select g, 'v' || g from generate_series(1, 10000000) g")) {
            rows.awaitLast();
            rows.compare();
            rows.tell();
        }
    }

    @Test
    void valuesOfTwoMegabytes() throws Exception {
        try (Case wide = new Case(
                "300 rows of 2 MB: a snapshot of them, an update of all, a row that is updated 200 times",
                "insert into item select g, repeat(md5(g::text), 65536) from generate_series(1, 300) g")) {
            wide.awaitLast();
            wide.execute("update item set value = repeat(md5((id + 1)::text), 65536)");
            wide.awaitLast();
            wide.execute("do $$ begin for i in 1..200 loop"
                    + " update item set value = repeat(md5(i::text), 65536) where id = 300; end loop; end $$");
            wide.awaitLast();
            wide.compare();
            wide.tell();
        }
    }

    @Test
    void aCacheThatHangsForAMinute() throws Exception {
        try (Case hanging = new Case("a cache that hangs for a minute, at 2,000 changes a second")) {
            hanging.execute("insert into item select g, 'first ' || g from generate_series(1, 2000) g");
            hanging.awaitLast();
            hanging.cache.pause();
            Instant until = Instant.now().plusSeconds(60);
            for (int round = 0; Instant.now().isBefore(until); round++) {
                long next = System.nanoTime() + Duration.ofSeconds(1).toNanos();
                hanging.execute("update item set value = 'round " + round + " ' || repeat(md5(id::text), 30)");
                LockSupport.parkNanos(next - System.nanoTime());
            }
            hanging.cache.resume();
            hanging.awaitLast();
            hanging.compare();
            hanging.tell();
        }
    }
}
