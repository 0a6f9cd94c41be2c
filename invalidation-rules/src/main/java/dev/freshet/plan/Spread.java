package dev.freshet.plan;

import java.time.Duration;

/** Shortens lifetimes by up to a tenth, by the key alone, so that the same entry always gets the same one. */
final class Spread {
    private static final double MOST = 0.1;

    private Spread() {}

    static Expiry of(Duration ttl, CacheKey key) {
        long millis = ttl.toMillis();
        int mixed = key.text().hashCode() * 0x9E37_79B1;
        double share = (mixed >>> 1) / (double) Integer.MAX_VALUE;
        return new Expiry.After(Duration.ofMillis(Math.max(1, millis - (long) (millis * MOST * share))));
    }
}
