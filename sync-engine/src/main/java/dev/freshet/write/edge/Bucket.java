package dev.freshet.write.edge;

import dev.freshet.rules.edge.Rate;
import java.time.Duration;

/** A token bucket, full at first. Its clock is told, in nanoseconds of any origin. */
final class Bucket {
    private static final double NANOS_A_MINUTE = Duration.ofMinutes(1).toNanos();

    private final Rate rate;
    private double tokens;
    private long filledAt;

    Bucket(Rate rate, long now) {
        this.rate = rate;
        this.tokens = rate.burst();
        this.filledAt = now;
    }

    Rate.Unit counts() {
        return rate.counts();
    }

    /** Whole tokens that are there. */
    int tokens(long now) {
        fill(now);
        return (int) tokens;
    }

    void take(int count, long now) {
        fill(now);
        tokens -= count;
    }

    /** The provider says that nothing is there. */
    void empty(long now) {
        fill(now);
        tokens = Math.min(tokens, 0);
    }

    int burst() {
        return rate.burst();
    }

    /** How long until there are as many, or it is full; 0 where it is so. */
    long nanosUntil(int wanted, long now) {
        fill(now);
        double lacking = Math.min(wanted, rate.burst()) - tokens;
        return lacking <= 0 ? 0 : (long) Math.ceil(lacking * NANOS_A_MINUTE / rate.perMinute());
    }

    /** Tokens that can be taken within a time, those that are there included. */
    double within(long nanos, long now) {
        fill(now);
        return tokens + nanos / NANOS_A_MINUTE * rate.perMinute();
    }

    private void fill(long now) {
        long since = Math.max(0, now - filledAt);
        tokens = Math.min(rate.burst(), tokens + since / NANOS_A_MINUTE * rate.perMinute());
        filledAt = now;
    }
}
