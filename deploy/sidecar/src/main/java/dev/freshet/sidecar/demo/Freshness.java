package dev.freshet.sidecar.demo;

import java.time.Duration;

/**
 * What readers saw of one cache or one edge.
 *
 * @param missed reads that it could not answer itself
 * @param median for how long what was shown had been outdated, of half the stale reads at most
 */
record Freshness(long reads, long stale, long missed, Duration median, Duration oldest) {
    double stalePercent() {
        return reads == 0 ? 0 : 100.0 * stale / reads;
    }
}
