package dev.freshet.sidecar.demo;

import java.time.Duration;

/**
 * What readers saw of one of the two caches.
 *
 * @param fromDatabase reads that the cache could not answer
 * @param median for how long the entry had been outdated, of half the stale reads at most
 */
record Freshness(long reads, long stale, long fromDatabase, Duration median, Duration oldest) {
    double stalePercent() {
        return reads == 0 ? 0 : 100.0 * stale / reads;
    }
}
