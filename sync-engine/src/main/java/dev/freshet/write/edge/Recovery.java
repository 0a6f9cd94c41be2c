package dev.freshet.write.edge;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How a provider that does not take calls is left in peace: no call before a pause has passed, which doubles up to half a minute and is
 * spread, so that many processes do not come back at once; then one call at a time until one is taken. Guarded by its queue's lock.
 */
final class Recovery {
    private static final Duration FIRST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final Duration WHERE_SHUT = Duration.ofSeconds(30);
    private static final Duration LONGEST_ASKED_FOR = Duration.ofHours(1);

    private final RandomGenerator random;
    private int failures;
    private long pausedUntil;
    private String condition = "up";

    Recovery(RandomGenerator random, long now) {
        this.random = random;
        this.pausedUntil = now;
    }

    /** {@code up}, or why it does not take calls. */
    String condition() {
        return condition;
    }

    /** Failures since the last call that was taken. */
    int failures() {
        return failures;
    }

    /** Whether one call at a time is enough. */
    boolean isDoubtful() {
        return failures > 0;
    }

    long nanosUntilNext(long now) {
        return Math.max(0, pausedUntil - now);
    }

    /** Where it asked for a pause meanwhile, it stays as it is until that has passed. */
    void taken(long now) {
        failures = 0;
        if (nanosUntilNext(now) == 0) {
            condition = "up";
        }
    }

    /** It is reached, and takes no more for now: as long as it asks for, or a little. */
    void limited(Duration asked, String reason, long now) {
        pause(asked.isZero() ? FIRST.multipliedBy(10) : asked, now);
        condition = "limited: " + reason;
    }

    void failed(Duration asked, String reason, long now) {
        Duration grown = FIRST.multipliedBy(1L << Math.min(failures, 16));
        Duration own = grown.compareTo(LONGEST) < 0 ? grown : LONGEST;
        failures++;
        pause(asked.compareTo(own) > 0 ? asked : own, now);
        condition = "away: " + reason;
    }

    void shut(String reason, long now) {
        failures++;
        pause(WHERE_SHUT, now);
        condition = "shut: " + reason;
    }

    /** Never shorter than asked for, and up to a half longer. */
    private void pause(Duration atLeast, long now) {
        Duration bounded = atLeast.compareTo(LONGEST_ASKED_FOR) < 0 ? atLeast : LONGEST_ASKED_FOR;
        long nanos = bounded.toNanos();
        pausedUntil = Math.max(pausedUntil, now + nanos + random.nextLong(nanos / 2 + 1));
    }
}
