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
import dev.freshet.servers.PostgresRelease;
import dev.freshet.servers.ServerSettings;
import dev.freshet.servers.Servers;
import dev.freshet.servers.edge.Origin;
import dev.freshet.servers.edge.VarnishServer;
import dev.freshet.servers.process.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Figures, not verdicts: what is asserted is that nothing was lost and that bounds held; the times are printed. */
@Tag("benchmark")
class EdgeBenchmarkTest {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int SHELF = 100;

    private static final ServerSettings EACH_COMMIT_FLUSHED =
            ServerSettings.DEFAULT.with("synchronous_commit", "on").with("max_wal_size", "4GB");

    @TempDir
    static Path folder;

    private final AdminPort admin = new AdminPort(FreePort.find());

    private static DatabaseServer server(int rows) throws SQLException {
        DatabaseServer server = Servers.chosen().postgres(PostgresRelease.V18, EACH_COMMIT_FLUSHED);
        server.execute(
                "create table product (id int primary key, price int)",
                "alter table product replica identity full",
                "insert into product select n, 0 from generate_series(1, " + rows + ") n");
        return server;
    }

    private FreshetProcess freshet(DatabaseServer database, CacheServer cache, String name, String edges, String purge)
            throws IOException {
        Path file = Files.writeString(folder.resolve(name + ".yaml"), """
                source: {type: postgresql, url: "postgresql://%s:%d/%s", user: %s, password: "%s", slot: %s, publication: %s}
                cache: {url: "%s", prefix: "%s:"}
                admin: {listen: "%s"}
                %s
                rules:
                  product:
                    table: public.product
                    put: [{key: "product:{id}", as: string, value: "{price}", ttl: none}]
                    %s
                """.formatted(
                        database.host(),
                        database.port(),
                        database.database(),
                        database.superuser(),
                        database.password(),
                        name,
                        name,
                        cache.uri(),
                        name,
                        admin.address(),
                        edges,
                        purge));
        FreshetProcess run =
                FreshetCommand.freshet("run", "-c", file.toString()).lasting().start();
        run.awaitLine("health and metrics", PATIENCE);
        eventually(PATIENCE, () -> assertThat(admin.ready().statusCode()).isEqualTo(200));
        return run;
    }

    private static void await(long nanos) {
        while (System.nanoTime() < nanos) {
            LockSupport.parkNanos(200_000);
        }
    }

    private static String quantiles(Histogram all) {
        return String.format(
                Locale.ROOT, "p50 %.1f ms, p99 %.1f ms of %d", all.millis(0.5), all.millis(0.99), all.count());
    }

    @Test
    void commitToPurgeAtAVarnishAtAThousandChangesASecond() throws Exception {
        int seconds = 20;
        try (DatabaseServer database = server(10_000);
                CacheServer cache = Servers.chosen().cache();
                Origin origin = Origin.of(cache);
                VarnishServer varnish = VarnishServer.before(origin);
                FreshetProcess run = freshet(
                        database,
                        cache,
                        "varnish",
                        "edges: {site: {type: varnish, nodes: [\"" + varnish.uri() + "\"]}}",
                        "purge: [{tag: \"product-{id}\"}]");
                Connection connection = database.connect();
                PreparedStatement update = connection.prepareStatement("update product set price = ? where id = ?")) {
            Histogram warm = Histogram.NONE;
            Histogram warmCache = Histogram.NONE;
            long begin = System.nanoTime();
            for (int i = 0; i < seconds * 1_000; i++) {
                await(begin + i * 1_000_000L);
                update.setInt(1, i);
                update.setInt(2, 1 + i % 10_000);
                update.executeUpdate();
                if (i == 5_000) {
                    warm = Histogram.of(admin.metrics(), "freshet_commit_to_edge_seconds");
                    warmCache = Histogram.of(admin.metrics(), "freshet_commit_to_cache_seconds");
                }
            }
            Histogram before = warm;
            eventually(
                    PATIENCE,
                    () -> assertThat(Histogram.of(admin.metrics(), "freshet_commit_to_edge_seconds")
                                    .minus(before)
                                    .count())
                            .isGreaterThan((seconds - 6) * 1_000L));
            System.out.println("commit to cache at 1000 changes/s: "
                    + quantiles(Histogram.of(admin.metrics(), "freshet_commit_to_cache_seconds")
                            .minus(warmCache)));
            System.out.println("commit to purge acknowledged by Varnish: "
                    + quantiles(Histogram.of(admin.metrics(), "freshet_commit_to_edge_seconds")
                            .minus(before)));
        }
    }

    /** Each second another hundred shelves of a hundred products change: twelve times what the plan carries. */
    @Test
    void tenThousandChangesASecondBesideAnEdgeOfAFreePlan() throws Exception {
        int rows = 600_000;
        int seconds = Integer.getInteger("freshet.benchmark.seconds", 60);
        String purge = "purge: [{tag: \"shelf-{id / 100}\", escalate: [{tag: catalogue}]}]";
        for (int round = 1; round <= 2; round++) {
            Histogram alone = load("", "", seconds, rows);
            Histogram beside;
            try (CloudflareZone zone = new CloudflareZone()) {
                beside = load(
                        "edges: {site: {type: cloudflare, zone: z, token: t, max_delay: 30s, api: \"" + zone.api()
                                + "\"}}",
                        purge,
                        seconds,
                        rows);
                System.out.printf(
                        "calls taken %d, refused %d, distinct tags purged %d%n",
                        zone.taken(), zone.refused(), zone.purged().size());
                // Its bucket and ours are told of a call some milliseconds apart.
                assertThat(zone.refused()).isLessThanOrEqualTo(2);
                assertThat(zone.purged()).contains("catalogue");
            }
            System.out.printf(
                    Locale.ROOT,
                    "round %d, commit to cache at 10000 changes/s without an edge: %s; with one: %s; ratio of the p99: %.2f%n",
                    round,
                    quantiles(alone),
                    quantiles(beside),
                    beside.millis(0.99) / alone.millis(0.99));
        }
    }

    private Histogram load(String edges, String purge, int seconds, int rows) throws Exception {
        int mostWaiting = 0;
        double oldest = 0;
        try (DatabaseServer database = server(rows);
                CacheServer cache = Servers.chosen().cache();
                FreshetProcess run = freshet(database, cache, "loaded", edges, purge);
                Connection connection = database.connect();
                PreparedStatement update =
                        connection.prepareStatement("update product set price = price + 1 where id between ? and ?")) {
            Histogram warm = Histogram.NONE;
            long begin = System.nanoTime();
            for (int i = 0; i < seconds * 100; i++) {
                await(begin + i * 10_000_000L);
                int first = i * SHELF % rows;
                update.setInt(1, first);
                update.setInt(2, first + SHELF - 1);
                update.executeUpdate();
                if (i == 1_000) {
                    warm = Histogram.of(admin.metrics(), "freshet_commit_to_cache_seconds");
                }
                if (i % 100 == 0) {
                    JsonNode edge =
                            JSON.readTree(admin.ready().body()).path("edges").path(0);
                    mostWaiting = Math.max(mostWaiting, edge.path("waiting").asInt());
                    oldest = Math.max(oldest, edge.path("oldest_seconds").asDouble());
                }
            }
            Histogram all = Histogram.of(admin.metrics(), "freshet_commit_to_cache_seconds")
                    .minus(warm);
            System.out.printf(
                    Locale.ROOT,
                    "%s: at most %d names waited, the oldest for %.1f s; Freshet used %.1f s of processor time%n",
                    edges.isEmpty() ? "without an edge" : "with an edge",
                    mostWaiting,
                    oldest,
                    run.processorTime().toMillis() / 1e3);
            return all;
        }
    }

    @Test
    void anEdgeThatHangsForMinutes() throws Exception {
        int hangs = Integer.getInteger("freshet.benchmark.hangs", 300);
        try (DatabaseServer database = server(20_000);
                CacheServer cache = Servers.chosen().cache();
                Cdn cdn = new Cdn();
                FreshetProcess run = freshet(
                        database,
                        cache,
                        "hanging",
                        "edges: {site: {type: webhook, url: \"" + cdn.url() + "\"}}",
                        "purge: [{tag: \"product-{id}\"}]");
                Connection connection = database.connect();
                PreparedStatement update = connection.prepareStatement("update product set price = ? where id = ?")) {
            Set<String> changed = new HashSet<>();
            Histogram begun = Histogram.NONE;
            Histogram well = Histogram.NONE;
            long begin = System.nanoTime();
            int wellFor = Math.min(60, hangs);
            for (int i = 0; i < (wellFor + 10 + hangs) * 200; i++) {
                await(begin + i * 5_000_000L);
                if (i == 10 * 200) {
                    begun = Histogram.of(admin.metrics(), "freshet_commit_to_cache_seconds");
                }
                if (i == (wellFor + 10) * 200) {
                    well = Histogram.of(admin.metrics(), "freshet_commit_to_cache_seconds");
                    cdn.is(Cdn.Mood.HANGING);
                    eventually(PATIENCE, () -> assertThat(cdn.calls()).isPositive());
                    cdn.forget();
                }
                int id = 1 + i % 20_000;
                update.setInt(1, i);
                update.setInt(2, id);
                update.executeUpdate();
                if (i > (wellFor + 10) * 200) {
                    changed.add("product-" + id);
                }
            }
            Histogram hung = Histogram.of(admin.metrics(), "freshet_commit_to_cache_seconds")
                    .minus(well);
            cdn.is(Cdn.Mood.WELL);
            long well2 = System.nanoTime();
            eventually(PATIENCE, () -> assertThat(cdn.purged()).containsAll(changed));
            System.out.printf(
                    Locale.ROOT,
                    "commit to cache while the edge is well: %s; while it hangs for %d s: %s; %d names purged %.1f s after it is well again, none lost%n",
                    quantiles(well.minus(begun)),
                    hangs,
                    quantiles(hung),
                    changed.size(),
                    (System.nanoTime() - well2) / 1e9);
        }
    }
}
