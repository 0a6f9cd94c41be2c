package dev.freshet.sidecar.sample;

import java.util.TreeSet;

/**
 * Counts different texts in a bounded space: exact up to {@value #KEPT}, beyond that within some 3 %.
 *
 * <p>It keeps the smallest hashes alone (Bar-Yossef et al., Counting Distinct Elements in a Data Stream, 2002): where the
 * k-th smallest of evenly spread hashes lies tells how many there are.
 */
final class Distinct {
    static final int KEPT = 1_024;

    private static final long FNV_BASIS = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private final TreeSet<Long> smallest = new TreeSet<>(Long::compareUnsigned);

    void add(String text) {
        long hash = hash(text);
        if (smallest.size() < KEPT) {
            smallest.add(hash);
        } else if (Long.compareUnsigned(hash, smallest.last()) < 0 && smallest.add(hash)) {
            smallest.pollLast();
        }
    }

    long count() {
        if (smallest.size() < KEPT) {
            return smallest.size();
        }
        double share = (smallest.last() >>> 1) / (double) Long.MAX_VALUE;
        return Math.round((KEPT - 1) / share);
    }

    /** FNV-1a, mixed so that every bit counts. */
    private static long hash(String text) {
        long hash = FNV_BASIS;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * FNV_PRIME;
        }
        hash = (hash ^ (hash >>> 30)) * 0xbf58476d1ce4e5b9L;
        hash = (hash ^ (hash >>> 27)) * 0x94d049bb133111ebL;
        return hash ^ (hash >>> 31);
    }
}
