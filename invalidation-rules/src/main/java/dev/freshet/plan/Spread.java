package dev.freshet.plan;

import java.time.Duration;
import java.util.stream.LongStream;

/** Shortens lifetimes by up to a tenth, by the key alone, so that the same entry always gets the same one. */
public final class Spread {
    private static final double MOST = 0.1;

    private Spread() {}

    /** How long an entry is to live of which the rules say this. */
    static Expiry of(Duration ttl, CacheKey key) {
        long millis = ttl.toMillis();
        return new Expiry.After(Duration.ofMillis(Math.max(1, millis - (long) (millis * MOST * share(key)))));
    }

    /** What the rules said: of all that are shortened to this, the roundest. */
    public static Duration undone(Expiry.After shortened, CacheKey key) {
        long millis = Math.round(shortened.duration().toMillis() / (1 - MOST * share(key)));
        return LongStream.of(60_000, 1_000, 1)
                .map(unit -> Math.round((double) millis / unit) * unit)
                .mapToObj(Duration::ofMillis)
                .filter(candidate -> of(candidate, key).equals(shortened))
                .findFirst()
                .orElse(shortened.duration());
    }

    private static double share(CacheKey key) {
        int mixed = key.text().hashCode() * 0x9E37_79B1;
        return (mixed >>> 1) / (double) Integer.MAX_VALUE;
    }
}
