package dev.freshet.sidecar.demo;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Shopkeepers and readers at work, a thread each. The first failure of any of them is kept and ends that thread alone; who
 * shows the figures asks for it.
 */
final class Traffic {
    private static final double READS_A_SECOND = 250;

    private final DemoSettings settings;
    private final PostgresServer database;
    private final CacheConnection cache;
    private final Shop shop;
    private volatile Tally ttl = new Tally(System::nanoTime);
    private volatile Tally freshet = new Tally(System::nanoTime);
    private final SplittableRandom random = new SplittableRandom();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private final List<Thread> writers = new ArrayList<>();
    private final List<Thread> readers = new ArrayList<>();
    private volatile boolean over;

    Traffic(DemoSettings settings, PostgresServer database, CacheConnection cache, Shop shop) {
        this.settings = settings;
        this.database = database;
        this.cache = cache;
        this.shop = shop;
    }

    /** Work of one thread that may fail. */
    @FunctionalInterface
    private interface Work {
        void run() throws SQLException;
    }

    void start() {
        for (int i = 0; i < settings.readers(); i++) {
            var own = random.split();
            readers.add(thread("demo-reader-" + i, () -> read(own)));
        }
        for (int i = 0; i < settings.writers(); i++) {
            int number = i;
            var own = random.split();
            writers.add(thread("demo-writer-" + i, () -> write(number, own)));
        }
    }

    private Thread thread(String name, Work work) {
        return Thread.ofPlatform().name(name).daemon().start(() -> {
            try {
                work.run();
            } catch (SQLException | RuntimeException e) {
                failure.compareAndSet(null, e);
            }
        });
    }

    private void write(int number, RandomGenerator own) throws SQLException {
        try (var shopkeeper = new Shopkeeper(shop, database, number, settings.writers(), own)) {
            var pace = new Pace((double) settings.rate() / settings.writers());
            while (!over) {
                shopkeeper.work();
                pace.await();
            }
        }
    }

    /** Asks both caches for the same product; which one first is left to chance. */
    private void read(RandomGenerator own) throws SQLException {
        var popularity = new Popularity(Shop.SHELVES);
        try (var query = new ProductQuery(database)) {
            var ttlTwin = new TtlTwin(cache, query);
            var freshetTwin = new FreshetTwin(cache, query);
            var pace = new Pace(READS_A_SECOND);
            while (!over) {
                var product = shop.product(popularity.pick(own));
                if (own.nextBoolean()) {
                    ttl.judge(product, () -> ttlTwin.read(product));
                    freshet.judge(product, () -> freshetTwin.read(product));
                } else {
                    freshet.judge(product, () -> freshetTwin.read(product));
                    ttl.judge(product, () -> ttlTwin.read(product));
                }
                pace.await();
            }
        }
    }

    /** What was read and written until now does not count. */
    void beginCounting() {
        ttl = new Tally(System::nanoTime);
        freshet = new Tally(System::nanoTime);
        shop.beginCounting();
    }

    /** Ends all work and returns when it has ended. */
    void stop() throws InterruptedException {
        over = true;
        for (var thread : writers) {
            thread.join();
        }
        for (var thread : readers) {
            thread.join();
        }
    }

    Optional<Throwable> failure() {
        return Optional.ofNullable(failure.get());
    }

    Freshness ttl() {
        return ttl.freshness();
    }

    Freshness freshet() {
        return freshet.freshness();
    }
}
