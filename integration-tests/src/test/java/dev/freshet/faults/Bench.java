package dev.freshet.faults;

import static dev.freshet.servers.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.servers.AdminPort;
import dev.freshet.servers.CacheServer;
import dev.freshet.servers.DatabaseServer;
import dev.freshet.servers.FreshetCommand;
import dev.freshet.servers.FreshetProcess;
import dev.freshet.servers.process.FreePort;
import io.lettuce.core.RedisClient;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanIterator;
import io.lettuce.core.api.StatefulRedisConnection;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A database with a shop's tables, a cache, and Freshet between them as a process that can be killed.
 *
 * <p>Rules: {@code product:<id>} (JSON, while the row is live), {@code slug:<slug>} (string, the id of the row that has the
 * slug), {@code flags:<id>} (hash), {@code count:<price>} (string, how many live rows have the price, by a query).
 */
final class Bench implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(60);

    static final String[] SCHEMA = {
        "create table product (id bigint primary key, slug text, price int, status text not null default 'live',"
                + " constraint one_slug unique (slug) deferrable initially deferred)",
        "create index on product (price)",
        "alter table product replica identity full"
    };

    private static final List<String> PREFIXES = List.of("product:", "slug:", "flags:", "count:");

    private DatabaseServer database;
    private CacheServer cache;
    private final Path file;
    private final int databasePort;
    private final int cachePort;
    private final String source;
    private final AdminPort admin = new AdminPort(FreePort.find());
    private int saleBelow = 50;
    private @Nullable FreshetProcess freshet;

    Bench(DatabaseServer database, CacheServer cache, Path folder, int databasePort) throws IOException {
        this(database, cache, folder, databasePort, cache.port(), "");
    }

    /**
     * With ports at which Freshet finds the servers.
     *
     * @param source more of what the file says about it, indented by two
     */
    Bench(DatabaseServer database, CacheServer cache, Path folder, int databasePort, int cachePort, String source)
            throws IOException {
        this.database = database;
        this.cache = cache;
        this.file = folder.resolve("freshet.yaml");
        this.databasePort = databasePort;
        this.cachePort = cachePort;
        this.source = source;
        writeFile();
    }

    /** From now on this is the database whose rows count. */
    void look(DatabaseServer at) {
        database = at;
    }

    /** From now on this is the cache whose entries count. */
    void look(CacheServer at) {
        cache = at;
    }

    /** Other rules from the next start on: products are on sale below another price. */
    void changeRules(int newSaleBelow) throws IOException {
        saleBelow = newSaleBelow;
        writeFile();
    }

    private void writeFile() throws IOException {
        Files.writeString(file, """
                source:
                  type: postgresql
                  url: postgresql://127.0.0.1:%d/%s
                  user: %s
                  password: ${env:PGPASSWORD}
                %s
                cache: {url: "redis://127.0.0.1:%d"}
                admin: {listen: "%s"}
                rules:
                  product:
                    table: public.product
                    where: status == "live"
                    put:
                      - {key: "product:{id}", as: json, value: [id, slug, price], ttl: none}
                  slug:
                    table: public.product
                    where: status == "live"
                    put:
                      - {key: "slug:{slug}", as: string, value: "{id}", ttl: none}
                  flags:
                    table: public.product
                    put:
                      - {key: "flags:{id}", as: hash, value: {price: price, sale: price < %d}, ttl: none}
                  count:
                    table: public.product
                    put:
                      - key: count:{price}
                        as: string
                        query: >
                          select count(*) from product where price = {price} and status = 'live' having count(*) > 0
                        ttl: none
                """.formatted(
                        databasePort,
                        database.database(),
                        database.superuser(),
                        source,
                        cachePort,
                        admin.address(),
                        saleBelow));
    }

    void startFreshet() {
        freshet = run().start();
    }

    /** By another class than it usually is, which is told more in its environment. */
    void startFreshet(Class<?> starter, Map<String, String> environment) {
        FreshetCommand command = run().startedBy(starter);
        for (Map.Entry<String, String> each : environment.entrySet()) {
            command = command.withEnvironment(each.getKey(), each.getValue());
        }
        freshet = command.start();
    }

    private FreshetCommand run() {
        return FreshetCommand.freshet("run", "-c", file.toString(), "--allow-unknown-old-keys")
                .withEnvironment("PGPASSWORD", database.password());
    }

    FreshetProcess freshet() {
        if (freshet == null) {
            throw new IllegalStateException("Freshet was not started");
        }
        return freshet;
    }

    void stopFreshet() {
        freshet().terminate();
        freshet().close();
        freshet = null;
    }

    void killFreshet() {
        freshet().kill();
        freshet().close();
        freshet = null;
    }

    void awaitReady() {
        eventually(PATIENCE, () -> {
            try {
                HttpResponse<String> answer = admin.ready();
                assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            } catch (IOException e) {
                throw new AssertionError(
                        "Freshet does not answer; it says " + freshet().errors(), e);
            }
        });
    }

    /** What Freshet says of itself, as JSON. */
    String health() throws IOException, InterruptedException {
        return admin.ready().body();
    }

    /** As {@link AdminPort#metric}. */
    double metric(String name) throws IOException, InterruptedException {
        return admin.metric(name);
    }

    /** What the cache must hold by the rules, computed by the database itself. */
    Map<String, String> expected() throws SQLException {
        Map<String, String> all = new TreeMap<>();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select id, slug, price, status from product")) {
            while (row.next()) {
                long id = row.getLong("id");
                String slug = row.getString("slug");
                int price = row.getInt("price");
                if (row.getString("status").equals("live")) {
                    all.merge("count:" + price, "1", (a, b) -> Long.toString(Long.parseLong(a) + Long.parseLong(b)));
                    all.put(
                            "product:" + id,
                            "{\"id\":" + id + ",\"slug\":" + (slug == null ? "null" : "\"" + slug + "\"")
                                    + ",\"price\":" + price + "}");
                    if (slug != null) {
                        all.put("slug:" + slug, Long.toString(id));
                    }
                }
                all.put(
                        "flags:" + id,
                        new TreeMap<>(Map.of("price", price + "", "sale", (price < saleBelow) + "")) + "");
            }
        }
        return all;
    }

    /** Everything that the cache holds under the rules' keys. */
    Map<String, String> cached() {
        return read(Bench::values);
    }

    /** How many entries the cache holds under the rules' keys. */
    int cachedEntries() {
        return read(commands -> keys(commands).size());
    }

    private <T> T read(Function<StatefulRedisConnection<String, String>, T> question) {
        RedisClient client = RedisClient.create(cache.uri().toString());
        try (StatefulRedisConnection<String, String> connection = client.connect()) {
            return question.apply(connection);
        } finally {
            client.shutdown(Duration.ZERO, Duration.ofSeconds(1));
        }
    }

    private static List<String> keys(StatefulRedisConnection<String, String> connection) {
        List<String> keys = new ArrayList<>();
        ScanIterator.scan(connection.sync(), ScanArgs.Builder.limit(5_000)).forEachRemaining(key -> {
            if (PREFIXES.stream().anyMatch(key::startsWith)) {
                keys.add(key);
            }
        });
        return keys;
    }

    /** All asked for before the first answer is awaited. */
    private static Map<String, String> values(StatefulRedisConnection<String, String> connection) {
        Map<String, CompletionStage<String>> asked = new TreeMap<>();
        for (String key : keys(connection)) {
            asked.put(
                    key,
                    key.startsWith("flags:")
                            ? connection.async().hgetall(key).thenApply(fields -> new TreeMap<>(fields).toString())
                            : connection.async().get(key));
        }
        Map<String, String> all = new TreeMap<>();
        asked.forEach((key, answer) ->
                all.put(key, String.valueOf(answer.toCompletableFuture().join())));
        return all;
    }

    /** Returns when the cache equals what the rules make of the database, entirely. */
    void awaitEqual() {
        eventually(PATIENCE, () -> assertThat(differences(cached(), expected())).isEmpty());
    }

    /** The first few, so that a person can read them. */
    private static List<String> differences(Map<String, String> cached, Map<String, String> expected) {
        Set<String> keys = new TreeSet<>(cached.keySet());
        keys.addAll(expected.keySet());
        return keys.stream()
                .filter(key -> !Objects.equals(cached.get(key), expected.get(key)))
                .limit(10)
                .map(key -> key + " is " + cached.get(key) + ", and should be " + expected.get(key))
                .toList();
    }

    /** Looks for one entry again and again until it is closed. */
    static final class Watch implements AutoCloseable {
        private final RedisClient client;
        private final Thread thread;
        private volatile boolean enough;
        private final AtomicInteger looks = new AtomicInteger();
        private final AtomicInteger missing = new AtomicInteger();

        Watch(CacheServer cache, String key) {
            client = RedisClient.create(cache.uri().toString());
            thread = Thread.ofPlatform().name("watch").daemon().start(() -> look(key));
        }

        private void look(String key) {
            try (StatefulRedisConnection<String, String> connection = client.connect()) {
                while (!enough) {
                    if (connection.sync().exists(key) == 0) {
                        missing.incrementAndGet();
                    }
                    looks.incrementAndGet();
                }
            }
        }

        int looks() {
            return looks.get();
        }

        int missing() {
            return missing.get();
        }

        @Override
        public void close() throws InterruptedException {
            enough = true;
            thread.join();
            client.shutdown(Duration.ZERO, Duration.ofSeconds(1));
        }
    }

    Watch watch(String key) {
        return new Watch(cache, key);
    }

    /** Runs another command on the same file, and returns what it says once it ended well. */
    String command(String name, String... arguments) {
        FreshetCommand command = FreshetCommand.freshet(name, "-c", file.toString());
        for (String argument : arguments) {
            command = command.with(argument);
        }
        try (FreshetProcess process =
                command.withEnvironment("PGPASSWORD", database.password()).start()) {
            int code = process.awaitExit(PATIENCE);
            assertThat(code).as(name + ": " + process.errors()).isZero();
            return String.join("\n", process.output());
        }
    }

    /** Somebody removes every third entry. */
    void damage() {
        read(connection -> {
            List<String> keys = keys(connection);
            String[] third = IntStream.range(0, keys.size())
                    .filter(i -> i % 3 == 0)
                    .mapToObj(keys::get)
                    .toArray(String[]::new);
            return connection.sync().del(third);
        });
    }

    void set(String key, String value) {
        RedisClient client = RedisClient.create(cache.uri().toString());
        try (StatefulRedisConnection<String, String> connection = client.connect()) {
            connection.sync().set(key, value);
        } finally {
            client.shutdown(Duration.ZERO, Duration.ofSeconds(1));
        }
    }

    /** The one text that the database answers. */
    String ask(String sql) {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** Whether the database no longer keeps its log behind a position. */
    boolean hasForgotten(String lsn) {
        return Boolean.parseBoolean(
                ask("select (confirmed_flush_lsn > '" + lsn + "')::text from pg_replication_slots"));
    }

    void execute(String... sql) {
        try {
            database.execute(sql);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    DatabaseServer database() {
        return database;
    }

    CacheServer cache() {
        return cache;
    }

    @Override
    public void close() {
        if (freshet != null) {
            freshet.close();
        }
    }
}
