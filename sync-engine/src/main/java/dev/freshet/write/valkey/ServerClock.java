package dev.freshet.write.valkey;

import java.time.Duration;
import java.util.List;

/**
 * The server's clock seen from this process, as one reading of both: exact to half a round trip, and to what they drift
 * apart afterwards.
 *
 * @param readAtNanos {@link System#nanoTime()}, halfway between question and answer
 * @param serverMillis what the server said, since 1970
 */
record ServerClock(long readAtNanos, long serverMillis) {
    private static final Duration FRESH = Duration.ofSeconds(30);

    /**
     * Takes a reading.
     *
     * @param time the reply to TIME: seconds and microseconds in decimal digits
     */
    static ServerClock read(List<String> time, long askedAtNanos, long answeredAtNanos) {
        long millis = Long.parseLong(time.get(0)) * 1_000 + Long.parseLong(time.get(1)) / 1_000;
        return new ServerClock(askedAtNanos + (answeredAtNanos - askedAtNanos) / 2, millis);
    }

    /** What the server's clock showed, or will show, at a moment of ours. */
    long millisAt(long nanos) {
        return serverMillis + Math.floorDiv(nanos - readAtNanos, 1_000_000);
    }

    boolean isFresh(long nanos) {
        return nanos - readAtNanos < FRESH.toNanos();
    }
}
