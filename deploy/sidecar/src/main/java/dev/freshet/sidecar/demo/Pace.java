package dev.freshet.sidecar.demo;

import java.util.concurrent.locks.LockSupport;

/** So many times a second, evenly. Used by one thread. */
final class Pace {
    private static final long MOST_TO_CATCH_UP = 100_000_000;

    private final long interval;
    private long next = System.nanoTime();

    Pace(double perSecond) {
        interval = Math.round(1e9 / perSecond);
    }

    /** Waits for its turn; turns missed by more than a tenth of a second are given up. */
    void await() {
        next += interval;
        long now = System.nanoTime();
        if (now - next > MOST_TO_CATCH_UP) {
            next = now;
        }
        for (long left = next - now; left > 0; left = next - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
