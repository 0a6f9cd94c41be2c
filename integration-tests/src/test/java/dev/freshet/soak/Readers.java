package dev.freshet.soak;

import dev.freshet.servers.CacheServer;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads entries all the time, as customers do, and remembers which rev each of them showed. A lower one later is a step back in
 * time; the same one after the entry was gone is something deleted that came back. One thread.
 */
final class Readers implements AutoCloseable {
    private static final int AT_ONCE = 48;
    private static final Duration BETWEEN = Duration.ofMillis(1);
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Pattern JSON_REV = Pattern.compile("\"rev\":(\\d+)");

    private final Random random;
    private final IntSupplier newestKind;
    private final Thread thread = new Thread(this::run, "soak-readers");
    private final ConcurrentLinkedQueue<String> seen = new ConcurrentLinkedQueue<>();
    private final AtomicLong looks = new AtomicLong();
    private volatile CacheServer cache;
    private volatile Era era = new Era(0, Fault.Effect.NONE);
    private volatile boolean enough;
    private Map<String, Sight> sights = new HashMap<>();

    /** Between two of them readers forget what they saw. */
    private record Era(int number, Fault.Effect effect) {}

    /** What an entry showed last. */
    private record Sight(long rev, String value, boolean goneSince) {}

    Readers(CacheServer cache, long seed, IntSupplier newestKind) {
        this.cache = cache;
        this.random = new Random(seed);
        this.newestKind = newestKind;
        thread.setDaemon(true);
        thread.start();
    }

    /** From now on entries may do what this says; what they showed before is forgotten where it changes. */
    void judgeUnder(Fault.Effect other) {
        Era last = era;
        if (other != last.effect()) {
            era = new Era(last.number() + 1, other);
        }
    }

    void look(CacheServer at) {
        cache = at;
    }

    long looks() {
        return looks.get();
    }

    /** @throws Divergence where something went back in time or came back */
    void check() {
        String first = seen.peek();
        if (first != null) {
            throw new Divergence(first + (seen.size() > 1 ? " (and " + (seen.size() - 1) + " more)" : ""));
        }
    }

    private void run() {
        RedisClient client = RedisClient.create();
        client.setOptions(ClientOptions.builder()
                .autoReconnect(false)
                .timeoutOptions(TimeoutOptions.enabled(PATIENCE))
                .build());
        Era known = era;
        while (!enough) {
            try (StatefulRedisConnection<String, String> connection = client.connect(RedisURI.create(cache.uri()))) {
                int port = cache.port();
                while (!enough && port == cache.port()) {
                    Era current = era;
                    if (!current.equals(known)) {
                        sights = new HashMap<>();
                        known = current;
                    }
                    read(connection.async(), current);
                }
            } catch (RedisException | CompletionException | CancellationException away) {
                // Customers come back.
            }
        }
        client.shutdown(Duration.ZERO, Duration.ofSeconds(1));
    }

    private void read(RedisAsyncCommands<String, String> commands, Era current) {
        List<String> keys = new ArrayList<>();
        List<CompletionStage<String>> answers = new ArrayList<>();
        for (int i = 0; i < AT_ONCE; i++) {
            String key = key(i);
            keys.add(key);
            answers.add(ask(commands, key));
        }
        for (int i = 0; i < AT_ONCE; i++) {
            String value = answers.get(i).toCompletableFuture().join();
            if (current.equals(era) && isJudged(current.effect())) {
                saw(keys.get(i), value);
            }
        }
        looks.addAndGet(AT_ONCE);
        LockSupport.parkNanos(BETWEEN.toNanos());
    }

    private static boolean isJudged(Fault.Effect effect) {
        return switch (effect) {
            case NONE, RESYNC -> true;
            case FORGETS -> false;
        };
    }

    /** What it shows; empty where it is not there. */
    private static CompletionStage<String> ask(RedisAsyncCommands<String, String> commands, String key) {
        if (key.startsWith("events:")) {
            return commands.xlen(key).thenApply(length -> length == 0 ? "" : length.toString());
        }
        return (key.startsWith("facts:") ? commands.hget(key, "rev") : commands.get(key))
                .thenApply(value -> value == null ? "" : value);
    }

    private String key(int i) {
        return switch (i % 8) {
            case 0 -> "beat:1";
            case 1 -> "events:" + (newestKind.getAsInt() - random.nextInt(2));
            case 2 -> "latest:" + random.nextInt(Workload.NOTED);
            case 3 -> "slug:s" + random.nextInt(Workload.SLUGS);
            case 4 -> "facts:" + (1 + random.nextInt(Workload.ITEMS));
            case 5 -> "facts:" + (10_000 * (1 + random.nextInt(2)) + random.nextInt(100));
            case 6 -> "item:" + (1 + random.nextInt(Workload.ITEMS));
            case 7 -> "facts:" + (1 + random.nextInt(Workload.ITEMS));
            default -> throw new AssertionError(i);
        };
    }

    private void saw(String key, String value) {
        Sight before = sights.get(key);
        if (value.isEmpty()) {
            if (before != null) {
                sights.put(key, new Sight(before.rev(), before.value(), true));
            }
            return;
        }
        long rev = rev(value);
        if (before != null && rev < before.rev()) {
            seen.add(key + " went back in time: it showed " + shortly(before.value()) + " and then " + shortly(value));
        } else if (before != null && before.goneSince() && rev == before.rev() && !isAhead(key)) {
            seen.add(key + " came back: it showed " + shortly(before.value()) + ", was gone, and shows it again");
        }
        sights.put(key, new Sight(rev, value, false));
    }

    /** What a query found may be newer than a truncate that is yet to come and takes it away until it is found again. */
    private static boolean isAhead(String key) {
        return key.startsWith("latest:");
    }

    private static long rev(String value) {
        if (value.startsWith("{")) {
            Matcher rev = JSON_REV.matcher(value);
            if (!rev.find()) {
                throw new IllegalStateException("an entry without a rev: " + value);
            }
            return Long.parseLong(rev.group(1));
        }
        int slash = value.indexOf('/');
        return Long.parseLong(slash < 0 ? value : value.substring(0, slash));
    }

    private static String shortly(String value) {
        return value.length() < 80 ? value : value.substring(0, 80) + "...";
    }

    @Override
    public void close() throws InterruptedException {
        enough = true;
        thread.join(Duration.ofSeconds(10).toMillis());
    }
}
