package dev.freshet.sidecar;

import static dev.freshet.servers.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.servers.CacheServer;
import dev.freshet.servers.DatabaseServer;
import dev.freshet.servers.FreshetCommand;
import dev.freshet.servers.FreshetProcess;
import dev.freshet.servers.Servers;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Entries that many rows make together, tags, prefixes and moments, from SQL to the cache. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init")
final class SharedEntriesTest {
    private static final Duration SOON = Duration.ofSeconds(60);

    private static final String RULES = """
              price:
                table: public.product
                put:
                  - {key: "item:{id}", as: hash, merge: true, value: [price, sale], ttl: none}
                  - {key: "products:{category}", as: set, member: "{id}", ttl: none}
                  - {key: "cheapest:{category}", as: sorted_set, member: "{id}", score: price, ttl: none}
                  - {key: "product:{id}", as: json, value: [id, price], ttl: none, tags: ["category-{category}"]}
              stock:
                table: public.stock
                put:
                  - {key: "item:{id}", as: hash, merge: true, value: {stock: amount}, ttl: none}
                  - {key: stock, as: hash, member: "{id}", value: amount, ttl: none}
              category:
                table: public.category
                invalidate: [{tag: "category-{id}"}]
              page:
                table: public.page
                allow: [scan]
                invalidate: [{prefix: "page:{slug}:"}]
              ticket:
                table: public.ticket
                put: [{key: "ticket:{id}", as: string, value: "{holder}", expire_at: until}]
            """;

    @TempDir
    private static Path folder;

    private DatabaseServer database;
    private CacheServer cache;
    private FreshetProcess run;
    private RedisClient client;
    private StatefulRedisConnection<String, String> connection;
    private RedisCommands<String, String> entries;

    @BeforeAll
    void start() throws SQLException {
        database = Servers.chosen().postgres();
        cache = Servers.chosen().cache();
        database.execute(
                "create table product (id int primary key, category int, price int, sale text)",
                "create table stock (id int primary key, amount int)",
                "create table category (id int primary key, name text)",
                "create table page (id int primary key, slug text, title text)",
                "create table ticket (id int primary key, holder text, until timestamptz)");
        for (String table : List.of("product", "stock", "category", "page", "ticket")) {
            database.execute("alter table " + table + " replica identity full");
        }
        database.execute(
                "insert into product values (1, 7, 50, 'no'), (2, 7, 20, null)", "insert into stock values (1, 3)");
        String path = RuleFile.of(database, cache).withRules(RULES).in(folder).toString();
        run = FreshetCommand.freshet("run", "-c", path).start();
        client = RedisClient.create(cache.uri().toString());
        connection = client.connect();
        entries = connection.sync();
        eventually(SOON, () -> assertThat(entries.hgetall("item:1")).containsKeys("price", "stock"));
    }

    @AfterAll
    void stop() {
        connection.close();
        client.shutdown(Duration.ZERO, Duration.ofSeconds(1));
        run.close();
        cache.close();
        database.close();
    }

    @BeforeEach
    void begin() throws SQLException {
        database.execute(
                "delete from product",
                "delete from stock",
                "insert into product values (1, 7, 50, 'no'), (2, 7, 20, null)",
                "insert into stock values (1, 3)");
        eventually(SOON, () -> {
            assertThat(entries.hgetall("item:1"))
                    .containsExactlyInAnyOrderEntriesOf(Map.of("price", "50", "sale", "no", "stock", "3"));
            assertThat(entries.hgetall("item:2")).containsExactly(Map.entry("price", "20"));
            assertThat(entries.smembers("products:7")).containsExactlyInAnyOrder("1", "2");
            assertThat(entries.zrange("cheapest:7", 0, -1)).containsExactly("2", "1");
            assertThat(entries.hgetall("stock")).containsExactly(Map.entry("1", "3"));
            assertThat(entries.get("product:1")).isEqualTo("{\"id\":1,\"price\":50}");
        });
    }

    @Test
    void aRowThatMovesTakesItsPartsAlong() throws SQLException {
        database.execute("update product set category = 8, price = 10, sale = null where id = 1");

        eventually(SOON, () -> {
            assertThat(entries.smembers("products:7")).containsExactly("2");
            assertThat(entries.smembers("products:8")).containsExactly("1");
            assertThat(entries.zscore("cheapest:8", "1")).isEqualTo(10);
            assertThat(entries.zrange("cheapest:7", 0, -1)).containsExactly("2");
            assertThat(entries.hgetall("item:1"))
                    .containsExactlyInAnyOrderEntriesOf(Map.of("price", "10", "stock", "3"));
        });
    }

    @Test
    void aDeletedRowTakesItsPartsAndTheLastOneTheKey() throws SQLException {
        database.execute("delete from product", "update stock set amount = 4");

        eventually(SOON, () -> {
            assertThat(entries.hgetall("item:1")).containsExactly(Map.entry("stock", "4"));
            assertThat(entries.exists("item:2", "products:7", "cheapest:7", "product:1", "freshet:tag:category-7"))
                    .isZero();
        });
    }

    @Test
    void aTruncateTakesTheTablesPartsAndNoOthers() throws SQLException {
        database.execute("truncate stock");

        eventually(SOON, () -> {
            assertThat(entries.exists("stock")).isZero();
            assertThat(entries.hgetall("item:1"))
                    .containsExactlyInAnyOrderEntriesOf(Map.of("price", "50", "sale", "no"));
        });
    }

    @Test
    void aTagThatIsInvalidatedTakesTheEntriesThatStandUnderIt() throws SQLException {
        entries.set("list:7", "filled by an application");
        entries.sadd("freshet:tag:category-7", "list:7");
        database.execute("insert into category values (7, 'pens') on conflict (id) do update set name = 'ink'");

        eventually(
                SOON,
                () -> assertThat(entries.exists("product:1", "product:2", "list:7"))
                        .isZero());

        database.execute("update product set price = 51 where id = 1");
        eventually(SOON, () -> assertThat(entries.get("product:1")).isEqualTo("{\"id\":1,\"price\":51}"));
    }

    @Test
    void aPrefixThatIsInvalidatedTakesEveryKeyThatBeginsSo() throws SQLException {
        entries.set("page:home:en", "filled");
        entries.set("page:home:de", "filled");
        entries.set("page:homes", "of another page");
        database.execute("insert into page values (1, 'home', 'Welcome')");

        eventually(
                SOON,
                () -> assertThat(entries.exists("page:home:en", "page:home:de")).isZero());
        assertThat(entries.get("page:homes")).isEqualTo("of another page");
    }

    @Test
    void anEntryLivesUntilTheMomentThatItsRowSays() throws SQLException {
        database.execute(
                "insert into ticket values (1, 'ann', now() + interval '1 hour'), (2, 'bob', now() - interval '1 hour'),"
                        + " (3, 'cat', null)");

        eventually(SOON, () -> {
            assertThat(entries.pttl("ticket:1")).isBetween(3_500_000L, 3_600_000L);
            assertThat(entries.exists("ticket:2")).isZero();
            assertThat(entries.pttl("ticket:3")).isEqualTo(-1);
        });
    }
}
