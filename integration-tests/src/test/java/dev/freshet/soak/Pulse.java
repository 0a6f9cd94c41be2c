package dev.freshet.soak;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** How long ago the oldest beat was committed that the cache does not show yet. Beats arrive from the load's thread. */
final class Pulse {
    private record Beat(long rev, long atNanos) {}

    private final Deque<Beat> unseen = new ArrayDeque<>();
    private long newest;

    synchronized void beaten(long rev) {
        unseen.addLast(new Beat(rev, System.nanoTime()));
        newest = rev;
    }

    /** The rev of the last beat. */
    synchronized long newest() {
        return newest;
    }

    /** Given what the cache shows now. */
    synchronized Duration lag(long shown) {
        while (!unseen.isEmpty() && unseen.getFirst().rev() <= shown) {
            unseen.removeFirst();
        }
        return unseen.isEmpty()
                ? Duration.ZERO
                : Duration.ofNanos(System.nanoTime() - unseen.getFirst().atNanos());
    }

    /** Another database, another count. */
    synchronized void forget() {
        unseen.clear();
        newest = 0;
    }
}
