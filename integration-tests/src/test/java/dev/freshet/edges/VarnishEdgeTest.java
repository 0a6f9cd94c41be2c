package dev.freshet.edges;

import static dev.freshet.servers.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.servers.AdminPort;
import dev.freshet.servers.CacheServer;
import dev.freshet.servers.DatabaseServer;
import dev.freshet.servers.FreshetCommand;
import dev.freshet.servers.FreshetProcess;
import dev.freshet.servers.Servers;
import dev.freshet.servers.edge.EdgeReader;
import dev.freshet.servers.edge.Origin;
import dev.freshet.servers.edge.VarnishServer;
import dev.freshet.servers.process.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** From SQL to the page that a customer sees: two real Varnishes in front of a shop that reads the real cache. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init")
final class VarnishEdgeTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String HOST = "http://shop.example";

    @TempDir
    private static Path folder;

    private final AdminPort admin = new AdminPort(FreePort.find());
    private DatabaseServer database;
    private CacheServer cache;
    private Origin origin;
    private VarnishServer near;
    private VarnishServer far;
    private EdgeReader nearReader;
    private EdgeReader farReader;
    private FreshetProcess run;

    @BeforeAll
    void start() throws SQLException, IOException {
        cache = Servers.chosen().cache();
        origin = Origin.of(cache);
        near = VarnishServer.before(origin);
        far = VarnishServer.before(origin);
        nearReader = EdgeReader.of(near);
        farReader = EdgeReader.of(far);
        database = Servers.chosen().postgres();
        database.execute(
                "create table product (id int primary key, price int, slug text)",
                "alter table product replica identity full",
                "insert into product select n, 0, 'p' || n from generate_series(1, 100) n");
        Path file = Files.writeString(folder.resolve("freshet.yaml"), """
                source: {type: postgresql, url: "postgresql://%s:%d/%s", user: %s, password: "%s"}
                cache: {url: "%s"}
                admin: {listen: "%s"}
                edges:
                  site: {type: varnish, nodes: ["%s", "%s"], on_gap: purge_all}
                rules:
                  product:
                    table: public.product
                    put: [{key: "product:{id}", as: string, value: "{price}", ttl: none}]
                    purge: [{tag: "product-{id}", again_after: 2s}]
                    on_truncate: {purge: [{all: true}]}
                  page:
                    table: public.product
                    columns: [slug]
                    purge: [{url: "%s/p/{id}"}, {prefix: "%s/p/{id},"}]
                """.formatted(
                        database.host(),
                        database.port(),
                        database.database(),
                        database.superuser(),
                        database.password(),
                        cache.uri(),
                        admin.address(),
                        near.uri(),
                        far.uri(),
                        HOST,
                        HOST));
        run = FreshetCommand.freshet("run", "-c", file.toString()).start();
        run.awaitLine("health and metrics", SOON);
        eventually(
                SOON, () -> assertThat(nearReader.read(HOST + "/p/100").body()).isEqualTo("0"));
    }

    @AfterAll
    void stop() {
        run.close();
        nearReader.close();
        farReader.close();
        near.close();
        far.close();
        origin.close();
        database.close();
        cache.close();
    }

    private void isKept(String page, String body) {
        for (EdgeReader reader : new EdgeReader[] {nearReader, farReader}) {
            eventually(SOON, () -> {
                assertThat(reader.read(HOST + page).body()).isEqualTo(body);
                assertThat(reader.read(HOST + page).isHit()).isTrue();
            });
        }
    }

    private void becomes(String page, String body) {
        eventually(SOON, () -> assertThat(nearReader.read(HOST + page).body()).isEqualTo(body));
        eventually(SOON, () -> assertThat(farReader.read(HOST + page).body()).isEqualTo(body));
    }

    @Test
    void whatIsUpdatedIsWhatTheNextRequestShows() throws SQLException {
        isKept("/p/1", "0");
        isKept("/p/2", "0");

        database.execute("update product set price = 5 where id = 1");

        becomes("/p/1", "5");
        assertThat(nearReader.read(HOST + "/p/2").isHit()).isTrue();
    }

    private record Seen(long begun, long ended, boolean isStale) {}

    /** Readers ask all the time: what was is shown between the commit and the purge, and to no request that begins behind it. */
    @Test
    void whoeverAsksBehindThePurgeSeesNothingStale() throws Exception {
        isKept("/p/7", "0");
        Queue<Seen> seen = new ConcurrentLinkedQueue<>();
        AtomicInteger fresh = new AtomicInteger();
        try (ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 4; i++) {
                readers.execute(() -> {
                    while (fresh.get() < 2_000) {
                        long begun = System.nanoTime();
                        boolean isStale = nearReader.read(HOST + "/p/7").body().equals("0");
                        seen.add(new Seen(begun, System.nanoTime(), isStale));
                        if (!isStale) {
                            fresh.incrementAndGet();
                        }
                    }
                });
            }
            eventually(SOON, () -> assertThat(seen).hasSizeGreaterThan(2_000));
            database.execute("update product set price = 9 where id = 7");
        }
        long firstFresh = seen.stream()
                .filter(each -> !each.isStale())
                .mapToLong(Seen::ended)
                .min()
                .orElseThrow();

        assertThat(seen).filteredOn(each -> each.begun() > firstFresh).noneMatch(Seen::isStale);
        assertThat(seen).filteredOn(Seen::isStale).hasSizeGreaterThan(2_000);
    }

    /** The shop has read the cache before the change, and answers after the purge: only the second purge takes that away. */
    @Test
    void aResponseThatWasUnderWayIsPurgedToo() throws Exception {
        origin.slow(SOON);
        int before = origin.requests();
        Thread reader = Thread.startVirtualThread(() -> nearReader.read(HOST + "/p/3"));
        eventually(SOON, () -> assertThat(origin.requests()).isGreaterThan(before));
        double purges = purges();
        database.execute("update product set price = 1 where id = 3");
        eventually(SOON, () -> assertThat(purges()).isGreaterThanOrEqualTo(purges + 2));
        origin.quick();
        reader.join();
        assertThat(nearReader.read(HOST + "/p/3").body()).isEqualTo("0");

        becomes("/p/3", "1");
    }

    /** Names that were purged so far, at each node. */
    private double purges() throws IOException, InterruptedException {
        return admin.metrics()
                .lines()
                .filter(line -> line.startsWith("freshet_purges_total{"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    @Test
    void urlsAndTheirBeginningsArePurged() throws SQLException {
        isKept("/p/4", "0");
        isKept("/p/4,5", "0\n0");
        isKept("/p/5", "0");

        database.execute("update product set price = 7, slug = 'q' where id = 4");

        becomes("/p/4", "7");
        becomes("/p/4,5", "7\n0");
        assertThat(farReader.read(HOST + "/p/5").isHit()).isTrue();
    }

    @Test
    void aNodeThatWasAwayIsToldWhatItMissedAndTheOtherDoesNotWait() throws SQLException {
        isKept("/p/6", "0");
        far.pause();
        database.execute("update product set price = 9 where id = 6");

        eventually(SOON, () -> assertThat(nearReader.read(HOST + "/p/6").body()).isEqualTo("9"));
        far.resume();
        becomes("/p/6", "9");
    }
}
