package dev.freshet.rules.edge;

/**
 * How much a provider takes: a bucket that holds {@code burst} and fills steadily.
 *
 * @param bucket kinds of one edge with the same bucket take from it together
 * @param counts what takes one out of it
 * @param burst that it holds, at least 1
 * @param perMinute that comes back in a minute, at least 1
 */
public record Rate(String bucket, Unit counts, int burst, int perMinute) {
    /** What a provider counts. */
    public enum Unit {
        CALLS,
        NAMES
    }

    public Rate {
        if (burst < 1 || perMinute < 1) {
            throw new IllegalArgumentException("a bucket holds and gets back something: " + burst + ", " + perMinute);
        }
    }
}
