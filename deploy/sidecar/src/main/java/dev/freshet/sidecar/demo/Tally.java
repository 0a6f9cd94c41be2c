package dev.freshet.sidecar.demo;

import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** The reads of one of the two caches, judged. Safe for any thread. */
final class Tally {
    private final LongSupplier nanoTime;
    private final LongAdder reads = new LongAdder();
    private final LongAdder fromDatabase = new LongAdder();
    private final LongAdder stale = new LongAdder();
    private final Ages ages = new Ages();

    Tally(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Notes what is committed, then reads, then compares: what is committed while the read runs does not make it stale. */
    void judge(Product product, Supplier<Sighting> read) {
        long committed = product.history().newest();
        switch (read.get()) {
            case Sighting.Entry entry -> {
                if (entry.revision() < committed) {
                    stale.increment();
                    product.history()
                            .outdatedAt(entry.revision())
                            .ifPresent(at -> ages.add(Math.max(0, nanoTime.getAsLong() - at)));
                }
            }
            case Sighting.FromDatabase nothing -> fromDatabase.increment();
        }
        reads.increment();
    }

    Freshness freshness() {
        return new Freshness(reads.sum(), stale.sum(), fromDatabase.sum(), ages.median(), ages.oldest());
    }
}
