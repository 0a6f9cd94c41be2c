package dev.freshet.faults;

import static dev.freshet.servers.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.servers.CacheServer;
import dev.freshet.servers.DatabaseServer;
import dev.freshet.servers.Eventually;
import dev.freshet.servers.FreshetCommand;
import dev.freshet.servers.FreshetProcess;
import dev.freshet.servers.PostgresRelease;
import dev.freshet.servers.Servers;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rows that are other ones, or gone, and of which the log does not say a word: the cache says what they are all the same. */
class AlteredTablesTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder = Path.of("");

    /** The tables, in which any column shows, and who follows them. */
    private final class Shop implements AutoCloseable {
        private final DatabaseServer database;
        private final RedisClient client;
        private final StatefulRedisConnection<String, String> cache;
        private final Path file;
        private FreshetProcess freshet;

        Shop(DatabaseServer database, CacheServer server) throws Exception {
            this.database = database;
            this.client = RedisClient.create(server.uri().toString());
            this.cache = client.connect();
            database.execute(
                    "create table item (id bigint primary key, name text)",
                    "insert into item select g, 'item ' || g from generate_series(1, 300) g",
                    "create table event (id bigint, day int, note text, primary key (id, day)) partition by range (day)",
                    "create table event_1 partition of event for values from (1) to (2)",
                    "create table event_2 partition of event for values from (2) to (3)",
                    "insert into event select g, 1 + g % 2, 'event ' || g from generate_series(1, 300) g",
                    "create table tenant_1 (id bigint primary key, name text)",
                    "insert into tenant_1 values (1, 'first')",
                    "alter table item replica identity full",
                    "alter table event_1 replica identity full",
                    "alter table event_2 replica identity full",
                    "alter table tenant_1 replica identity full");
            this.file = Files.writeString(folder.resolve("freshet.yaml"), """
                    source:
                      type: postgresql
                      url: postgresql://%s:%d/%s
                      user: %s
                      password: ${env:PGPASSWORD}
                      schema_check: 100ms
                    cache: {url: "%s"}
                    admin: {listen: "127.0.0.1:0"}
                    rules:
                      item:
                        table: public.item
                        allow: [all-columns]
                        put: [{key: "item:{id}", as: json, value: all, ttl: none}]
                        invalidate: [{key: "list:{id}"}]
                      event:
                        table: public.event
                        allow: [all-columns]
                        put: [{key: "event:{id}:{day}", as: json, value: all, ttl: none}]
                      tenant:
                        table: public.tenant_*
                        allow: [all-columns]
                        put: [{key: "tenant:{table.name}:{id}", as: json, value: all, ttl: none}]
                    """.formatted(
                            database.host(), database.port(), database.database(), database.superuser(), server.uri()));
            this.freshet = start();
        }

        private FreshetProcess start() {
            return FreshetCommand.freshet("run", "-c", file.toString(), "--allow-unknown-old-keys")
                    .withEnvironment("PGPASSWORD", database.password())
                    .start();
        }

        void stop() {
            freshet.terminate();
            freshet.close();
        }

        void kill() {
            freshet.kill();
            freshet.close();
        }

        void startAgain() {
            freshet = start();
        }

        void execute(String... statements) throws SQLException {
            database.execute(statements);
        }

        private Map<String, JsonNode> expected() throws SQLException, IOException {
            Map<String, JsonNode> all = new TreeMap<>();
            try (Connection connection = database.connect();
                    Statement statement = connection.createStatement()) {
                add(statement, "select 'item:' || id, to_jsonb(t) from item t", all);
                add(statement, "select 'event:' || id || ':' || day, to_jsonb(t) from event t", all);
                String tenants;
                try (ResultSet row = statement.executeQuery(
                        "select string_agg(format('select %L || id, to_jsonb(t) from %I t', 'tenant:' || relname || ':', relname),"
                                + " ' union all ') from pg_class where relname ~ '^tenant_[0-9]$'")) {
                    row.next();
                    tenants = row.getString(1);
                }
                add(statement, tenants, all);
            }
            return all;
        }

        private void add(Statement statement, String query, Map<String, JsonNode> all)
                throws SQLException, IOException {
            try (ResultSet row = statement.executeQuery(query)) {
                while (row.next()) {
                    all.put(row.getString(1), JSON.readTree(row.getString(2)));
                }
            }
        }

        private Map<String, JsonNode> cached() throws IOException {
            Map<String, JsonNode> all = new TreeMap<>();
            for (String key : cache.sync().keys("*")) {
                if (key.matches("(item|event|tenant):.*")) {
                    String value = cache.sync().get(key);
                    if (value != null) {
                        all.put(key, JSON.readTree(value));
                    }
                }
            }
            return all;
        }

        void awaitEqual() {
            eventually(
                    PATIENCE,
                    () -> assertThat(differences())
                            .as(() -> String.join("\n", freshet.errors()))
                            .isEmpty());
        }

        /** The first few, so that a person can read them. */
        private List<String> differences() throws SQLException, IOException {
            if (!freshet.isAlive()) {
                throw new Eventually.HopelessException(String.join("\n", freshet.errors()));
            }
            Map<String, JsonNode> cached = cached();
            Map<String, JsonNode> expected = expected();
            Set<String> keys = new TreeSet<>(cached.keySet());
            keys.addAll(expected.keySet());
            return keys.stream()
                    .filter(key -> !Objects.equals(cached.get(key), expected.get(key)))
                    .limit(5)
                    .map(key -> key + " is " + cached.get(key) + ", and should be " + expected.get(key))
                    .toList();
        }

        void awaitAltered(int times) {
            eventually(
                    PATIENCE,
                    () -> assertThat(freshet.errors())
                            .filteredOn(line -> line.contains("a table was altered"))
                            .hasSizeGreaterThanOrEqualTo(times));
        }

        /**
         * Nothing but the checkpoint says any more that rows are still to be read, and entries to be swept behind them.
         *
         * @param forms that were stored before
         */
        void awaitOwed(String forms) {
            eventually(PATIENCE, () -> {
                assertThat(forms()).isNotEqualTo(forms);
                assertThat(cache.sync().get("freshet:freshet:checkpoint"))
                        .contains("\"altered\":[{")
                        .contains("freshet_backfills");
            });
        }

        String forms() {
            return String.valueOf(cache.sync().get("freshet:freshet:tables"));
        }

        void fill(String key) {
            cache.sync().set(key, "by the application");
        }

        void awaitGone(String key) {
            eventually(PATIENCE, () -> assertThat(cache.sync().exists(key)).isZero());
        }

        long snapshots() {
            return freshet.errors().stream()
                    .filter(line -> line.contains("source opened") && line.contains("snapshot=\"true\""))
                    .count();
        }

        @Override
        public void close() {
            freshet.close();
            client.shutdown(Duration.ZERO, Duration.ofSeconds(1));
        }
    }

    private static final String[] FILL_AND_ATTACH = {
        "begin; create table event_3 (id bigint, day int, note text, primary key (id, day));"
                + " alter table event_3 replica identity full;"
                + " insert into event_3 select g, 3, 'attached ' || g from generate_series(1001, 1300) g;"
                + " alter table event attach partition event_3 for values from (3) to (4); commit"
    };

    @ParameterizedTest
    @EnumSource(PostgresRelease.class)
    void whatNoChangeOfARowTellsIsNoticedWhileFreshetRuns(PostgresRelease release) throws Exception {
        try (DatabaseServer database = Servers.chosen().postgres(release);
                CacheServer cache = Servers.chosen().cache();
                Shop shop = new Shop(database, cache)) {
            shop.awaitEqual();

            shop.fill("list:1");
            shop.execute("alter table item add column price int default 7");
            shop.awaitEqual();
            shop.awaitGone("list:1");

            shop.execute("alter table item alter column name type text using upper(name)");
            shop.awaitEqual();

            shop.execute(FILL_AND_ATTACH);
            shop.awaitEqual();

            shop.execute("drop table event_1");
            shop.awaitEqual();

            shop.execute("alter table event detach partition event_2");
            shop.awaitEqual();

            shop.execute(
                    "update event_2 set note = 'while it was away'",
                    "alter table event attach partition event_2 for values from (2) to (3)");
            shop.awaitEqual();

            shop.execute("alter table item drop column price, add column price int default 8");
            shop.awaitEqual();
            assertThat(shop.snapshots()).isEqualTo(1);

            shop.execute("alter table item alter column price type text using 'EUR ' || price");
            shop.awaitEqual();
            shop.execute("alter table item rename column price to cost");
            shop.awaitEqual();
        }
    }

    @ParameterizedTest
    @EnumSource(PostgresRelease.class)
    void whatNoChangeOfARowTellsIsNoticedAfterARestart(PostgresRelease release) throws Exception {
        try (DatabaseServer database = Servers.chosen().postgres(release);
                CacheServer cache = Servers.chosen().cache();
                Shop shop = new Shop(database, cache)) {
            shop.awaitEqual();
            shop.stop();
            shop.fill("list:1");
            shop.execute(
                    "alter table item add column price int default 7",
                    "alter table item alter column name type text using upper(name)",
                    "drop table event_1",
                    "insert into event values (301, 2, 'new')",
                    "create table tenant_2 (id bigint primary key, name text)",
                    "alter table tenant_2 replica identity full",
                    "insert into tenant_2 select g, 'of the second ' || g from generate_series(1, 100) g");
            shop.execute(FILL_AND_ATTACH);
            shop.startAgain();

            shop.awaitEqual();
            shop.awaitGone("list:1");
            shop.execute("insert into tenant_2 values (0, 'later')", "delete from tenant_2 where id < 50");
            shop.awaitEqual();
            assertThat(shop.snapshots()).isZero();
        }
    }

    @Test
    void whereFreshetIsKilledWhileItReadsAnAlteredTableTheNextOneFinishes() throws Exception {
        try (DatabaseServer database = Servers.chosen().postgres();
                CacheServer cache = Servers.chosen().cache();
                Shop shop = new Shop(database, cache)) {
            shop.execute("insert into event select g, 2, 'event ' || g from generate_series(1000, 60000) g");
            shop.awaitEqual();

            String forms = shop.forms();
            shop.execute("drop table event_1", "alter table event add column more int default 1");
            shop.awaitAltered(1);
            shop.kill();
            shop.startAgain();
            shop.awaitOwed(forms);
            shop.kill();
            shop.startAgain();

            shop.awaitEqual();
            assertThat(shop.snapshots()).isZero();
        }
    }

    @Test
    void aTableThatIsDroppedTakesItsEntriesAlongAndTheOthersAreFollowed() throws Exception {
        try (DatabaseServer database = Servers.chosen().postgres();
                CacheServer cache = Servers.chosen().cache();
                Shop shop = new Shop(database, cache)) {
            shop.awaitEqual();
            shop.stop();
            shop.execute(
                    "create table tenant_2 (id bigint primary key, name text)",
                    "alter table tenant_2 replica identity full",
                    "insert into tenant_2 values (1, 'second')");
            shop.startAgain();
            shop.awaitEqual();

            shop.execute("drop table tenant_1", "update item set name = 'another' where id < 10");
            shop.awaitEqual();
            shop.execute("update tenant_2 set name = 'other'", "update item set name = 'third' where id < 5");
            shop.awaitEqual();
        }
    }

    @Test
    void whatLeavesTheRowsAsTheyAreIsNotReadAgain() throws Exception {
        try (DatabaseServer database = Servers.chosen().postgres();
                CacheServer cache = Servers.chosen().cache();
                Shop shop = new Shop(database, cache)) {
            shop.awaitEqual();
            shop.execute(
                    "vacuum full item, event",
                    "alter table tenant_1 alter column name set not null",
                    "alter table tenant_1 alter column name set default 'x'",
                    "create index on item (name)",
                    "begin; create table event_4 partition of event for values from (4) to (5);"
                            + " alter table event_4 replica identity full; commit");
            shop.awaitAltered(1);
            shop.execute("alter table item add column price int default 7");
            shop.awaitEqual();

            assertThat(shop.freshet.errors())
                    .filteredOn(line -> line.contains("a table was altered"))
                    .hasSize(2)
                    .allMatch(line -> line.contains("sweep=\"false\""));
        }
    }
}
