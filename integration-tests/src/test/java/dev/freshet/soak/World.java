package dev.freshet.soak;

import static dev.freshet.servers.Eventually.eventually;

import dev.freshet.servers.CacheMemory;
import dev.freshet.servers.CacheRelease;
import dev.freshet.servers.CacheServer;
import dev.freshet.servers.DatabaseServer;
import dev.freshet.servers.FreshetCommand;
import dev.freshet.servers.FreshetProcess;
import dev.freshet.servers.ServerSettings;
import dev.freshet.servers.Servers;
import dev.freshet.servers.TcpProxy;
import io.lettuce.core.RedisClient;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanIterator;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.StringCodec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** All the parts of a soak, and what can be done to them. Used by one thread. */
final class World implements AutoCloseable {
    private static final ServerSettings CACHE = ServerSettings.DEFAULT.with("appendfsync", "everysec");

    private final Servers servers = Servers.chosen();
    private final Soak.Plan plan;
    private final Path file;
    private final KillOrder killOrder;
    private final TcpProxy databaseRoad;
    private final TcpProxy cacheRoad;
    private final Pulse pulse = new Pulse();
    private final Readers readers;
    private final Load load;
    private final List<String> lastWords = new ArrayList<>();
    private int firstKind;
    private DatabaseServer database;
    private CacheServer cache;
    private @Nullable FreshetProcess freshet;

    World(Soak.Plan plan, Path folder) throws SQLException, IOException {
        this.plan = plan;
        this.file = folder.resolve("freshet.yaml");
        this.killOrder = new KillOrder(folder.resolve("kill-order"));
        this.database = servers.postgres(plan.release());
        this.cache = servers.cache(CacheRelease.VALKEY, CacheMemory.KEPT, CACHE);
        this.databaseRoad = TcpProxy.before(database);
        this.cacheRoad = TcpProxy.before(cache);
        this.load = new Load(database, plan.seed(), plan.rowsASecond(), pulse::beaten);
        this.readers = new Readers(cache, plan.seed(), load::kind);
        Files.writeString(
                file,
                """
                source:
                  type: postgresql
                  url: postgresql://127.0.0.1:%d/%s
                  user: %s
                  password: ${env:PGPASSWORD}
                cache: {url: "redis://127.0.0.1:%d"}
                admin: {listen: "127.0.0.1:0"}
                """.formatted(databaseRoad.port(), database.database(), database.superuser(), cacheRoad.port())
                        + Catalogue.RULES);
        Catalogue.create(database);
    }

    /** Returns when the cache says what the rules make of the first rows, and the load is on. */
    void begin() throws Exception {
        try (Workload first = new Workload(database, new Random(plan.seed()), pulse::beaten)) {
            first.fill();
            firstKind = first.kind() + 1;
        }
        startFreshet();
        awaitEqual();
        load.start();
    }

    Readers readers() {
        return readers;
    }

    Load load() {
        return load;
    }

    DatabaseServer database() {
        return database;
    }

    CacheServer cache() {
        return cache;
    }

    TcpProxy databaseRoad() {
        return databaseRoad;
    }

    TcpProxy cacheRoad() {
        return cacheRoad;
    }

    KillOrder killOrder() {
        return killOrder;
    }

    FreshetProcess freshet() {
        if (freshet == null) {
            throw new IllegalStateException("Freshet was not started");
        }
        return freshet;
    }

    void startFreshet() {
        FreshetCommand command = FreshetCommand.freshet("run", "-c", file.toString(), "--allow-unknown-old-keys")
                .startedBy(SteppedFreshet.class)
                .withEnvironment("PGPASSWORD", database.password())
                .withEnvironment(killOrder.variable(), killOrder.file().toString());
        Optional<Sabotage> sabotage = plan.sabotage();
        if (sabotage.isPresent()) {
            command = command.withEnvironment(Sabotage.VARIABLE, sabotage.get().name());
        }
        freshet = command.start();
    }

    void killFreshet() {
        freshet().kill();
        bury();
    }

    /** Of a process that has ended; what it said last is kept. */
    void bury() {
        lastWords.clear();
        lastWords.addAll(tail(freshet().errors()));
        freshet().close();
        freshet = null;
    }

    /** The last lines of the process before and of the one that runs. */
    List<String> words() {
        List<String> words = new ArrayList<>(lastWords);
        words.add("---");
        if (freshet != null) {
            words.addAll(tail(freshet.errors()));
        }
        return words;
    }

    private static List<String> tail(List<String> lines) {
        return lines.subList(Math.max(0, lines.size() - 30), lines.size());
    }

    /** Lets the load and the readers go on for a while. */
    static void pass(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    /** Another server is the database from now on. */
    void moveTo(DatabaseServer other) {
        DatabaseServer before = database;
        databaseRoad.leadTo(other);
        load.moveTo(other);
        pulse.forget();
        database = other;
        before.close();
    }

    DatabaseServer anotherDatabase() {
        return servers.postgres(plan.release());
    }

    /** Another cache that follows this one, as long as neither is restarted. */
    CacheServer replica() {
        CacheServer replica = servers.cache(CacheRelease.VALKEY, CacheMemory.KEPT, CACHE);
        on(replica, StringCodec.UTF8, connection -> connection.sync().replicaof(cache.host(), cache.port()));
        return replica;
    }

    /** Another server is the cache from now on; the one before is gone. */
    void failOverTo(CacheServer other) {
        cache.kill();
        cacheRoad.leadTo(other);
        readers.look(other);
        cache.close();
        cache = other;
    }

    void tell(String... sql) throws SQLException {
        database.execute(sql);
    }

    <T> T onCache(Function<StatefulRedisConnection<String, String>, T> question) {
        return on(cache, StringCodec.UTF8, question);
    }

    /** With keys of any bytes. */
    <T> T onCacheAsItIs(Function<StatefulRedisConnection<String, String>, T> question) {
        return on(cache, new StringCodec(StandardCharsets.ISO_8859_1), question);
    }

    static <T> T on(
            CacheServer server, StringCodec codec, Function<StatefulRedisConnection<String, String>, T> question) {
        RedisClient client = RedisClient.create(server.uri().toString());
        try (StatefulRedisConnection<String, String> connection = client.connect(codec)) {
            return question.apply(connection);
        } finally {
            client.shutdown(Duration.ZERO, Duration.ofSeconds(1));
        }
    }

    /** Those that time would take; that of a stream does not expire. */
    void forgetFences() {
        onCacheAsItIs(connection -> {
            ScanIterator.scan(
                            connection.sync(), ScanArgs.Builder.matches("{*}*").limit(5_000))
                    .forEachRemaining(key -> {
                        if (connection.sync().pttl(key) > 0) {
                            connection.sync().unlink(key);
                        }
                    });
            return connection.sync().ping();
        });
    }

    /** The last beat that was committed so far. */
    long newestBeat() {
        return pulse.newest();
    }

    /**
     * How old the cache is.
     *
     * @throws AssertionError where it does not show a later beat than this one
     */
    Duration lag(long beat) {
        String shown = onCache(connection -> connection.sync().get("beat:1"));
        long rev = shown == null ? 0 : Long.parseLong(shown);
        if (rev <= beat) {
            throw new AssertionError("the cache shows beat " + rev + ", no later one than " + beat);
        }
        return pulse.lag(rev);
    }

    /** Of events until now, messages may be missing. */
    void expectNoMessagesSoFar() {
        firstKind = load.kind() + 1;
    }

    /** Returns when the cache says what the rules make of the database, entirely. */
    void awaitEqual() {
        awaitNone(Contents::differences, "the cache is not what the rules make of the database");
    }

    /** The same of the entries that are there. */
    void awaitPresentEqual() {
        awaitNone(
                (cached, expected) -> {
                    expected.keySet().retainAll(cached.keySet());
                    return Contents.differences(cached, expected);
                },
                "entries are not what the rules make of the database");
    }

    /** A comparison of what is with what should be. */
    private interface Differences {
        List<String> between(Map<String, String> cached, Map<String, String> expected);
    }

    private void awaitNone(Differences differences, String otherwise) {
        try {
            eventually(plan.patience(), () -> {
                List<String> found =
                        differences.between(onCache(Contents::of), Catalogue.expected(database, firstKind));
                if (!found.isEmpty()) {
                    throw new AssertionError(otherwise + ":\n  " + String.join("\n  ", found));
                }
            });
        } catch (AssertionError e) {
            throw new Divergence(String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public void close() throws InterruptedException {
        load.close();
        readers.close();
        if (freshet != null) {
            freshet.close();
        }
        databaseRoad.close();
        cacheRoad.close();
        database.close();
        cache.close();
    }
}
