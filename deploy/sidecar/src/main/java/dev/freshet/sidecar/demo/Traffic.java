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

    /** A page costs its reader and the edge ten times what an entry costs, and all share the processors of one machine. */
    private static final int EDGE_READERS = 1;

    private static final double PAGES_A_SECOND = 100;

    private final DemoSettings settings;
    private final Parts parts;
    private final Comparison caches = new Comparison();
    private final Comparison edges = new Comparison();
    private final SplittableRandom random = new SplittableRandom();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean over;

    Traffic(DemoSettings settings, Parts parts) {
        this.settings = settings;
        this.parts = parts;
    }

    /** Work of one thread that may fail. */
    @FunctionalInterface
    private interface Work {
        void run(RandomGenerator own) throws SQLException;
    }

    void start() {
        for (int i = 0; i < settings.readers(); i++) {
            start("demo-reader-" + i, this::readCaches);
        }
        for (int i = 0; i < EDGE_READERS; i++) {
            start("demo-edge-reader-" + i, this::readEdges);
        }
        for (int i = 0; i < settings.writers(); i++) {
            int number = i;
            start("demo-writer-" + i, own -> write(number, own));
        }
    }

    private void start(String name, Work work) {
        var own = random.split();
        threads.add(Thread.ofPlatform().name(name).daemon().start(() -> {
            try {
                work.run(own);
            } catch (SQLException | RuntimeException e) {
                failure.compareAndSet(null, e);
            }
        }));
    }

    private void write(int number, RandomGenerator own) throws SQLException {
        try (var shopkeeper = new Shopkeeper(parts.shop(), parts.database(), number, settings.writers(), own)) {
            var pace = new Pace((double) settings.rate() / settings.writers());
            while (!over) {
                shopkeeper.work();
                pace.await();
            }
        }
    }

    private void readCaches(RandomGenerator own) throws SQLException {
        try (var query = new ProductQuery(parts.database())) {
            var ttl = new TtlTwin(parts.cache(), query);
            var freshet = new FreshetTwin(parts.cache(), query);
            read(caches, ttl, freshet, READS_A_SECOND, own);
        }
    }

    private void readEdges(RandomGenerator own) {
        var ttl = new EdgeTwin(parts.edges().ttl());
        var freshet = new EdgeTwin(parts.edges().freshet());
        read(edges, ttl, freshet, PAGES_A_SECOND, own);
    }

    /** Asks both for the same product; which one first is left to chance. */
    private void read(Comparison comparison, Twin ttl, Twin freshet, double perSecond, RandomGenerator own) {
        var popularity = new Popularity(Shop.SHELVES);
        var pace = new Pace(perSecond);
        while (!over) {
            comparison.ask(parts.shop().product(popularity.pick(own)), ttl, freshet, own.nextBoolean());
            pace.await();
        }
    }

    /** What was read and written until now does not count. */
    void beginCounting() {
        caches.begin();
        edges.begin();
        parts.shop().beginCounting();
    }

    /** Ends all work and returns when it has ended. */
    void stop() throws InterruptedException {
        over = true;
        for (var thread : threads) {
            thread.join();
        }
    }

    Optional<Throwable> failure() {
        return Optional.ofNullable(failure.get());
    }

    Comparison.Seen caches() {
        return caches.seen();
    }

    Comparison.Seen edges() {
        return edges.seen();
    }
}
