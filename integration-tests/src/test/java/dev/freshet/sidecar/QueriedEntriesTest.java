package dev.freshet.sidecar;

import static dev.freshet.servers.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.servers.AdminPort;
import dev.freshet.servers.CacheServer;
import dev.freshet.servers.DatabaseServer;
import dev.freshet.servers.FreshetCommand;
import dev.freshet.servers.FreshetProcess;
import dev.freshet.servers.Servers;
import dev.freshet.servers.process.FreePort;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Entries that a query fills, and rules that act for the rows that a query finds: from SQL to the cache. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init")
class QueriedEntriesTest {
    private static final Duration SOON = Duration.ofSeconds(60);

    private static final String RULES = """
              order-summary:
                table:
                  public.orders: {order_id: id}
                  public.order_item: {}
                put:
                  - key: order:{order_id}:summary
                    as: json
                    query: >
                      select o.id, c.name as customer, count(i.line) as items, sum(i.price) as total
                      from orders o join customer c on c.id = o.customer_id
                      left join order_item i on i.order_id = o.id
                      where o.id = {order_id} group by o.id, c.name
                    ttl: none
              order-summary-of-customer:
                table: public.customer
                columns: [name]
                for_each: {o: "select id from orders where customer_id = {id}"}
                put:
                  - key: order:{o.id}:summary
                    as: json
                    query: >
                      select o.id, c.name as customer, count(i.line) as items, sum(i.price) as total
                      from orders o join customer c on c.id = o.customer_id
                      left join order_item i on i.order_id = o.id
                      where o.id = {o.id} group by o.id, c.name
                    ttl: none
              tagged:
                table:
                  public.product_tag: {}
                put:
                  - key: tag:{tag_id}:products
                    as: set
                    query: select product_id as member from product_tag where tag_id = {tag_id}
                    ttl: none
                  - key: product:{product_id}:tags
                    as: json
                    rows: many
                    query: >
                      select t.id, t.name from product_tag p join tag t on t.id = p.tag_id
                      where p.product_id = {product_id} order by t.name
                    ttl: none
              tag:
                table: public.tag
                for_each: {p: "select product_id from product_tag where tag_id = {id}"}
                put:
                  - key: product:{p.product_id}:tags
                    as: json
                    rows: many
                    query: >
                      select t.id, t.name from product_tag p join tag t on t.id = p.tag_id
                      where p.product_id = {p.product_id} order by t.name
                    ttl: none
              best:
                table: public.order_item
                put:
                  - key: dearest:{order_id}
                    as: sorted_set
                    query: >
                      select line as member, 1000 / price as score from order_item
                      where order_id = {order_id} and price is not null
                    ttl: none
              marker:
                table: public.marker
                put: [{key: "marker:{id}", as: string, value: "{id}", ttl: none}]
              slow:
                table: public.marker
                put:
                  - key: slow:{id}
                    as: string
                    query: select 'in time' from pg_sleep(case when {id} = 1000 then 30 else 0 end)
                    ttl: none
              pages:
                table: public.customer
                for_each: {o: "select id from orders where customer_id = {id}"}
                invalidate: [{key: "page:{o.id}"}]
            """;

    @TempDir
    private static Path folder;

    private final AdminPort admin = new AdminPort(FreePort.find());
    private DatabaseServer database;
    private CacheServer cache;
    private FreshetProcess run;
    private RedisClient client;
    private StatefulRedisConnection<String, String> connection;
    private RedisCommands<String, String> entries;
    private int markers;

    @BeforeAll
    void start() throws SQLException {
        database = Servers.chosen().postgres();
        cache = Servers.chosen().cache();
        database.execute(
                "create table customer (id int primary key, name text)",
                "create table orders (id int primary key, customer_id int)",
                "create table order_item (order_id int, line int, price numeric(9, 2), primary key (order_id, line))",
                "create table product_tag (product_id int, tag_id int, primary key (product_id, tag_id))",
                "create table tag (id int primary key, name text)",
                "create table marker (id int primary key)");
        for (String table : List.of("customer", "orders", "order_item", "product_tag", "tag")) {
            database.execute("alter table " + table + " replica identity full");
        }
        fill();
        String path = RuleFile.of(database, cache)
                .withListen(admin.address())
                .withRules(RULES)
                .withQueryTimeout("1s")
                .in(folder)
                .toString();
        run = FreshetCommand.freshet("run", "-c", path).start();
        client = RedisClient.create(cache.uri().toString());
        connection = client.connect();
        entries = connection.sync();
        eventually(SOON, () -> assertThat(entries.get("order:1:summary")).isNotNull());
    }

    @AfterAll
    void stop() {
        connection.close();
        client.shutdown(Duration.ZERO, Duration.ofSeconds(1));
        run.close();
        cache.close();
        database.close();
    }

    private void fill() throws SQLException {
        database.execute(
                "insert into customer values (7, 'Ada'), (8, 'Bo')",
                "insert into orders values (1, 7), (2, 7), (3, 8)",
                "insert into order_item values (1, 1, 2.50), (1, 2, 4.00), (3, 1, 5.00)",
                "insert into tag values (1, 'red'), (2, 'green')",
                "insert into product_tag values (10, 1), (10, 2), (11, 1)");
    }

    @BeforeEach
    void begin() throws SQLException {
        database.execute(
                "delete from product_tag",
                "delete from tag",
                "delete from order_item",
                "delete from orders",
                "delete from customer");
        fill();
        int marker = ++markers;
        database.execute("insert into marker values (" + marker + ")");
        eventually(SOON, () -> {
            assertThat(entries.get("marker:" + marker)).isNotNull();
            assertThat(entries.get("order:1:summary"))
                    .isEqualTo("{\"id\":1,\"customer\":\"Ada\",\"items\":2,\"total\":6.50}");
            assertThat(entries.get("order:2:summary"))
                    .isEqualTo("{\"id\":2,\"customer\":\"Ada\",\"items\":0,\"total\":null}");
            assertThat(entries.smembers("tag:1:products")).containsExactlyInAnyOrder("10", "11");
            assertThat(entries.get("product:10:tags"))
                    .isEqualTo("[{\"id\":2,\"name\":\"green\"},{\"id\":1,\"name\":\"red\"}]");
            assertThat(entries.zrange("dearest:1", 0, -1)).containsExactly("2", "1");
            assertThat(entries.get("product:11:tags")).isEqualTo("[{\"id\":1,\"name\":\"red\"}]");
        });
    }

    @Test
    void aChildsChangeRefreshesWhatItBelongsToAndAMovedChildBoth() throws SQLException {
        database.execute("update order_item set order_id = 2, price = 1 where order_id = 1 and line = 2");

        eventually(SOON, () -> {
            assertThat(entries.get("order:1:summary")).contains("\"items\":1,\"total\":2.50");
            assertThat(entries.get("order:2:summary")).contains("\"items\":1,\"total\":1.00");
            assertThat(entries.zrange("dearest:1", 0, -1)).containsExactly("1");
            assertThat(entries.zscore("dearest:2", "2")).isEqualTo(1000);
        });
    }

    @Test
    void aParentsChangeRefreshesEachOfItsChildren() throws SQLException {
        entries.set("page:1", "filled by the application");
        entries.set("page:3", "filled by the application");

        database.execute("update customer set name = 'Eve' where id = 7");

        eventually(SOON, () -> {
            assertThat(entries.get("order:1:summary")).contains("\"customer\":\"Eve\"");
            assertThat(entries.get("order:2:summary")).contains("\"customer\":\"Eve\"");
            assertThat(entries.get("page:1")).isNull();
        });
        assertThat(entries.get("order:3:summary")).contains("\"customer\":\"Bo\"");
        assertThat(entries.get("page:3")).isNotNull();
        entries.del("page:3");
    }

    @Test
    void manyToManyIsRefreshedFromAllThreeTables() throws SQLException {
        database.execute("update tag set name = 'crimson' where id = 1");
        eventually(SOON, () -> {
            assertThat(entries.get("product:10:tags")).startsWith("[{\"id\":1,\"name\":\"crimson\"}");
            assertThat(entries.get("product:11:tags")).contains("crimson");
        });

        database.execute("update product_tag set product_id = 12 where product_id = 11");
        eventually(SOON, () -> {
            assertThat(entries.get("product:11:tags")).isNull();
            assertThat(entries.get("product:12:tags")).contains("crimson");
            assertThat(entries.smembers("tag:1:products")).containsExactlyInAnyOrder("10", "12");
        });

        database.execute("delete from product_tag where tag_id = 1", "delete from tag where id = 1");
        eventually(SOON, () -> {
            assertThat(entries.exists("tag:1:products", "product:12:tags")).isZero();
            assertThat(entries.get("product:10:tags")).isEqualTo("[{\"id\":2,\"name\":\"green\"}]");
        });
    }

    @Test
    void whatAQueryDoesNotFindAnyMoreIsRemoved() throws SQLException {
        database.execute("delete from order_item where order_id = 3", "delete from orders where id = 3");

        eventually(
                SOON,
                () -> assertThat(entries.exists("order:3:summary", "dearest:3")).isZero());
    }

    @Test
    void valuesForWhichAQueryFailsAreSetAsideAndTheOthersAreAnswered() throws SQLException {
        database.execute("insert into order_item values (2, 1, 0), (3, 2, 10)");

        eventually(SOON, () -> {
            assertThat(entries.zrange("dearest:3", 0, -1)).containsExactly("2", "1");
            assertThat(entries.exists("dearest:2")).isZero();
            assertThat(entries.get("order:2:summary")).contains("\"total\":0.00");
            assertThat(entries.hvals("freshet:freshet:deadletters"))
                    .anySatisfy(
                            letter -> assertThat(letter).contains("dearest:2").contains("SQLSTATE 22012"));
        });
    }

    @Test
    void aQueryThatTheDatabaseNoLongerUnderstandsIsSetAsideAndTheOthersAreAnswered() throws SQLException {
        database.execute("alter table order_item rename column price to cost");
        try {
            database.execute(
                    "insert into order_item values (2, 1, 3), (3, 2, 10)", "insert into product_tag values (12, 1)");

            eventually(SOON, () -> {
                assertThat(entries.smembers("tag:1:products")).contains("12");
                assertThat(entries.exists("dearest:2", "dearest:3", "order:2:summary"))
                        .isZero();
                assertThat(entries.hvals("freshet:freshet:deadletters"))
                        .anySatisfy(letter -> assertThat(letter)
                                .contains("order_item")
                                .contains("dearest:2: the query cannot be asked")
                                .contains("price\\\" does not exist"));
            });
        } finally {
            database.execute("alter table order_item rename column cost to price");
        }
    }

    @Test
    void valuesThatMakeAQueryTooSlowAreSetAsideAndTheOthersAreAnswered() throws SQLException {
        database.execute("insert into marker values (1000), (1001)");

        eventually(SOON, () -> {
            assertThat(entries.get("slow:1001")).isEqualTo("in time");
            assertThat(entries.hvals("freshet:freshet:deadletters"))
                    .anySatisfy(letter ->
                            assertThat(letter).contains("slow:1000").contains("took longer than its timeout"));
        });
        assertThat(entries.exists("slow:1000")).isZero();
    }

    /** The log tells a commit that waits for a standby, and nobody sees it yet: what is read then is the row before. */
    @Test
    void nothingIsReadBeforeTheChangeIsVisible() throws Exception {
        database.execute("alter system set synchronous_standby_names = 'absent'", "select pg_reload_conf()");
        CompletableFuture<Void> update;
        try {
            eventually(SOON, () -> assertThat(setting()).isEqualTo("absent"));
            update = CompletableFuture.runAsync(() -> {
                try {
                    database.execute("update customer set name = 'Zoe' where id = 8");
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            });
            eventually(SOON, () -> assertThat(admin.ready().body()).contains("does not show yet what its log tells"));
            assertThat(entries.get("order:3:summary")).contains("\"customer\":\"Bo\"");
            assertThat(update).isNotDone();
        } finally {
            database.execute("alter system reset synchronous_standby_names", "select pg_reload_conf()");
        }
        update.get(SOON.toSeconds(), TimeUnit.SECONDS);

        eventually(SOON, () -> {
            assertThat(entries.get("order:3:summary")).contains("\"customer\":\"Zoe\"");
            assertThat(admin.ready().body()).contains("\"queries\":\"up\"");
        });
    }

    private String setting() throws SQLException {
        try (var session = database.connect();
                var statement = session.createStatement();
                var row = statement.executeQuery("show synchronous_standby_names")) {
            row.next();
            return row.getString(1);
        }
    }
}
