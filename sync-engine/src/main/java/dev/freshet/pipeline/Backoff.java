package dev.freshet.pipeline;

import java.time.Duration;

/** Pauses that double from {@code first} up to {@code most}; begun anew after a success. Used by one thread. */
final class Backoff {
    private final Duration first;
    private final Duration most;
    private int attempt;

    Backoff(Duration first, Duration most) {
        this.first = first;
        this.most = most;
    }

    /** How many pauses there were since the last success. */
    int attempt() {
        return attempt;
    }

    Duration next() {
        Duration pause = first.multipliedBy(1L << Math.min(attempt, 16));
        attempt++;
        return pause.compareTo(most) < 0 ? pause : most;
    }

    void succeeded() {
        attempt = 0;
    }
}
