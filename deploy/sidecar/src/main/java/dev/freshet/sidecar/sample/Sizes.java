package dev.freshet.sidecar.sample;

/** How large things are: the largest exactly, quantiles within a sixteenth. */
final class Sizes {
    private static final int FINE = 16;
    private static final int FINE_BITS = 4;

    private final long[] counts = new long[FINE * (Integer.SIZE - FINE_BITS + 1)];
    private long all;
    private int largest;

    void add(int size) {
        counts[bucket(size)]++;
        all++;
        largest = Math.max(largest, size);
    }

    int largest() {
        return largest;
    }

    /** 0 where there is nothing. */
    int median() {
        long before = 0;
        for (int i = 0; i < counts.length; i++) {
            before += counts[i];
            if (2 * before >= all && before > 0) {
                return Math.min(largest, least(i));
            }
        }
        return 0;
    }

    /** Sizes below 16 each for itself, then sixteen to each power of two. */
    private static int bucket(int size) {
        int magnitude = Integer.SIZE - 1 - Integer.numberOfLeadingZeros(Math.max(1, size));
        return magnitude < FINE_BITS
                ? size
                : (magnitude - FINE_BITS + 1) * FINE + ((size >>> (magnitude - FINE_BITS)) - FINE);
    }

    private static int least(int bucket) {
        return bucket < FINE ? bucket : ((bucket % FINE) + FINE) << (bucket / FINE - 1);
    }
}
