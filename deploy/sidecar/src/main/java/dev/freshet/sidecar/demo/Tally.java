package dev.freshet.sidecar.demo;

import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** The reads of one cache or one edge, judged. Safe for any thread. */
final class Tally {
    private final LongSupplier nanoTime;
    private final LongAdder reads = new LongAdder();
    private final LongAdder missed = new LongAdder();
    private final LongAdder stale = new LongAdder();
    private final Ages ages = new Ages();

    Tally(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Notes what is committed, then reads, then compares: what is committed while the read runs does not make it stale. */
    void judge(Product product, Supplier<Sighting> read) {
        long committed = product.history().newest();
        switch (read.get()) {
            case Sighting.Kept kept -> compare(product, kept.revision(), committed);
            case Sighting.FromDatabase nothing -> missed.increment();
            case Sighting.FromOrigin page -> {
                missed.increment();
                page.revision().ifPresent(shown -> compare(product, shown, committed));
            }
        }
        reads.increment();
    }

    private void compare(Product product, long shown, long committed) {
        if (shown < committed) {
            stale.increment();
            product.history().outdatedAt(shown).ifPresent(at -> ages.add(Math.max(0, nanoTime.getAsLong() - at)));
        }
    }

    Freshness freshness() {
        return new Freshness(reads.sum(), stale.sum(), missed.sum(), ages.median(), ages.oldest());
    }
}
