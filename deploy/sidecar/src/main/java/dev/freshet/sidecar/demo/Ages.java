package dev.freshet.sidecar.demo;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/** How old stale reads were: the oldest exactly, the median to five percent. Safe for any thread. */
final class Ages {
    /** Buckets grow by a factor of e^(1/20); the last one holds everything from an hour up. */
    private static final double STEPS = 20;

    private static final int BUCKETS = bucket(Duration.ofHours(1).toNanos()) + 1;

    private final AtomicLongArray counts = new AtomicLongArray(BUCKETS);
    private final AtomicLong oldest = new AtomicLong();

    void add(long nanos) {
        counts.incrementAndGet(Math.min(bucket(nanos), BUCKETS - 1));
        oldest.accumulateAndGet(nanos, Math::max);
    }

    Duration oldest() {
        return Duration.ofNanos(oldest.get());
    }

    /** Zero where nothing was added. */
    Duration median() {
        long all = 0;
        for (int i = 0; i < BUCKETS; i++) {
            all += counts.get(i);
        }
        long below = 0;
        for (int i = 0; i < BUCKETS; i++) {
            below += counts.get(i);
            if (below * 2 >= all && below > 0) {
                return Duration.ofNanos(Math.min(Math.round(1_000 * Math.exp(i / STEPS)), oldest.get()));
            }
        }
        return Duration.ZERO;
    }

    private static int bucket(long nanos) {
        return (int) Math.round(Math.log(Math.max(1, nanos / 1_000.0)) * STEPS);
    }
}
