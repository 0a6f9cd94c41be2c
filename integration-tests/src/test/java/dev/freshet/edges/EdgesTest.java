package dev.freshet.edges;

import static dev.freshet.servers.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Purges leave behind the cache, wait while their edge is away, and are lost by nobody's death. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init")
final class EdgesTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private static Path folder;

    private final Cdn site = new Cdn();
    private final Cdn kept = new Cdn();
    private final AdminPort admin = new AdminPort(FreePort.find());
    private DatabaseServer database;
    private CacheServer cache;
    private RedisClient client;
    private StatefulRedisConnection<String, String> connection;
    private RedisCommands<String, String> entries;
    private Path file;
    private FreshetProcess run;

    @BeforeAll
    void start() throws SQLException, IOException {
        database = Servers.chosen().postgres();
        cache = Servers.chosen().cache();
        client = RedisClient.create(cache.uri().toString());
        connection = client.connect();
        entries = connection.sync();
        database.execute(
                "create table product (id int primary key, price int)",
                "alter table product replica identity full",
                "insert into product select n, 0 from generate_series(1, 2000) n");
        file = Files.writeString(folder.resolve("freshet.yaml"), """
                source: {type: postgresql, url: "postgresql://%s:%d/%s", user: %s, password: "%s"}
                cache: {url: "%s"}
                admin: {listen: "%s"}
                edges:
                  site: {type: webhook, url: "%s", gather: 1ms, timeout: 2s, on_gap: purge_all}
                  kept: {type: webhook, url: "%s", timeout: 2s, outbox: cache, secret: "0123456789abcdef"}
                rules:
                  product:
                    table: public.product
                    put: [{key: "product:{id}", as: string, value: "{price}", ttl: none}]
                    purge: [{tag: "product-{id}"}]
                """.formatted(
                        database.host(),
                        database.port(),
                        database.database(),
                        database.superuser(),
                        database.password(),
                        cache.uri(),
                        admin.address(),
                        site.url(),
                        kept.url()));
        run = freshet();
    }

    private FreshetProcess freshet() {
        FreshetProcess started =
                FreshetCommand.freshet("run", "-c", file.toString()).start();
        started.awaitLine("health and metrics", SOON);
        return started;
    }

    @AfterEach
    void everyEdgeIsWell() {
        site.is(Cdn.Mood.WELL);
        kept.is(Cdn.Mood.WELL);
        site.watch(name -> {});
        site.refuse("");
    }

    @AfterAll
    void stop() {
        run.close();
        connection.close();
        client.shutdown(Duration.ZERO, Duration.ofSeconds(1));
        cache.close();
        database.close();
        site.close();
        kept.close();
    }

    /** Each row in a transaction of its own. */
    private void price(int from, int to, int price) throws SQLException {
        for (int id = from; id <= to; id++) {
            database.execute("update product set price = " + price + " where id = " + id);
        }
    }

    private void isInCache(int from, int to, int price) {
        eventually(
                SOON,
                () -> assertThat(IntStream.rangeClosed(from, to).mapToObj(id -> entries.get("product:" + id)))
                        .containsOnly(Integer.toString(price)));
    }

    private static void isPurged(Cdn edge, int from, int to) {
        eventually(
                SOON,
                () -> assertThat(edge.purged())
                        .containsAll(IntStream.rangeClosed(from, to)
                                .mapToObj(id -> "product-" + id)
                                .toList()));
    }

    private JsonNode health(String edge) throws IOException, InterruptedException {
        for (JsonNode each : JSON.readTree(admin.ready().body()).path("edges")) {
            if (each.path("edge").asText().equals(edge)) {
                return each;
            }
        }
        throw new IOException("no edge " + edge);
    }

    @Test
    void aFirstStartPurgesEverythingWhereThatIsSaidOnceTheCacheIsRight() {
        eventually(SOON, () -> assertThat(site.purged("*")).isPositive());

        assertThat(entries.get("product:2000")).isNotNull();
        assertThat(kept.purged("*")).isZero();
    }

    @Test
    void whoeverIsPurgedFindsTheChangeInTheCache() throws SQLException {
        Map<String, String> seen = new ConcurrentHashMap<>();
        try (StatefulRedisConnection<String, String> reader = client.connect()) {
            site.watch(name -> {
                String entry = reader.sync().get(name.replace('-', ':'));
                seen.putIfAbsent(name, entry == null ? "nothing" : entry);
            });
            price(1, 300, 7);
            eventually(
                    SOON,
                    () -> assertThat(seen.keySet())
                            .containsAll(IntStream.rangeClosed(1, 300)
                                    .mapToObj(id -> "product-" + id)
                                    .toList()));
        }

        assertThat(IntStream.rangeClosed(1, 300).mapToObj(id -> seen.get("product-" + id)))
                .containsOnly("7");
    }

    /** The log tells a commit that waits for a standby, and nobody sees it yet: an edge would be filled with the row before. */
    @Test
    void nothingIsPurgedBeforeReadersOfTheDatabaseSeeIt() throws Exception {
        database.execute("alter system set synchronous_standby_names = 'absent'", "select pg_reload_conf()");
        AtomicInteger last = new AtomicInteger(380);
        try {
            // Freshet looks once a second whether commits wait for somebody.
            eventually(SOON, () -> {
                int id = last.incrementAndGet();
                Thread.startVirtualThread(() -> commit(id));
                isInCache(id, id, 10);
                assertThat(unseen()).isPositive();
            });
            assertThat(site.purged("product-" + last.get())).isZero();
            assertThat(kept.purged("product-" + last.get())).isZero();
        } finally {
            database.execute("alter system reset synchronous_standby_names", "select pg_reload_conf()");
        }
        isPurged(site, 381, last.get());
        isPurged(kept, 381, last.get());
    }

    /** Returns once a standby has it, or nobody is asked to any more. */
    private void commit(int id) {
        try {
            price(id, id, 10);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private int unseen() throws IOException, InterruptedException {
        return JSON.readTree(admin.ready().body()).path("unseen_purges").asInt();
    }

    @Test
    void anEdgeThatHangsDelaysNeitherTheCacheNorAnotherEdgeAndGetsAllInTheEnd() throws Exception {
        site.is(Cdn.Mood.HANGING);
        price(301, 350, 8);

        isInCache(301, 350, 8);
        isPurged(kept, 301, 350);
        eventually(SOON, () -> assertThat(health("site").path("state").asText()).startsWith("away"));
        assertThat(health("site").path("waiting").asInt()).isEqualTo(50);
        assertThat(health("kept").path("state").asText()).isEqualTo("up");
        assertThat(admin.ready().statusCode()).isEqualTo(200);
        site.is(Cdn.Mood.WELL);
        isPurged(site, 301, 350);
        eventually(SOON, () -> assertThat(health("site").path("state").asText()).isEqualTo("up"));
    }

    @Test
    void aNameThatIsRefusedBecomesADeadLetterAndTheOthersArePurged() throws SQLException {
        site.refuse("product-360");
        price(351, 370, 9);

        isPurged(site, 351, 359);
        isPurged(site, 361, 370);
        eventually(
                SOON,
                () -> assertThat(entries.hgetall("freshet:freshet:deadletters").values())
                        .anyMatch(letter -> letter.contains("product-360")));
        assertThat(site.purged("product-360")).isZero();
    }

    @Test
    void whatWaitsForAnEdgeIsLostByNobodysDeath() throws Exception {
        site.is(Cdn.Mood.FAILING);
        kept.is(Cdn.Mood.FAILING);
        price(1001, 1200, 11);
        isInCache(1001, 1200, 11);
        // And the mark that tells of their loss.
        eventually(
                SOON, () -> assertThat(entries.hlen("freshet:freshet:purges")).isEqualTo(200 + 1));

        run.kill();
        run.close();
        price(1201, 1210, 12);
        run = freshet();
        isInCache(1201, 1210, 12);
        run.kill();
        run.close();
        site.is(Cdn.Mood.WELL);
        kept.is(Cdn.Mood.WELL);
        run = freshet();

        isPurged(site, 1001, 1210);
        isPurged(kept, 1001, 1210);
        eventually(
                SOON, () -> assertThat(entries.hlen("freshet:freshet:purges")).isZero());
    }

    @Test
    void onlyAnEdgeThatKeepsItsPurgesInTheLogHoldsTheCheckpoint() throws Exception {
        kept.is(Cdn.Mood.FAILING);
        price(1301, 1310, 13);
        isInCache(1301, 1310, 13);

        eventually(SOON, () -> assertThat(checkpoint().path("applied").asText()).isEmpty());
        site.is(Cdn.Mood.FAILING);
        price(1311, 1320, 13);
        isInCache(1311, 1320, 13);

        eventually(SOON, () -> assertThat(checkpoint().path("applied").asText()).isNotEmpty());
        site.is(Cdn.Mood.WELL);
        eventually(SOON, () -> assertThat(checkpoint().path("applied").asText()).isEmpty());
    }

    private JsonNode checkpoint() throws IOException {
        return JSON.readTree(String.valueOf(entries.get("freshet:freshet:checkpoint")));
    }
}
