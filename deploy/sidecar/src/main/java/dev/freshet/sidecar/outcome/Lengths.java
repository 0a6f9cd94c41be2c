package dev.freshet.sidecar.outcome;

import java.time.Duration;

/** Lengths of time as rule files write them. */
public final class Lengths {
    private static final long SECOND = 1_000;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;

    private Lengths() {}

    /** In the largest unit up to hours that needs no fraction, so that the same length is always the same text. */
    public static String text(Duration length) {
        long millis = length.toMillis();
        if (millis % SECOND != 0 || millis == 0) {
            return millis + "ms";
        }
        if (millis % MINUTE != 0) {
            return millis / SECOND + "s";
        }
        return millis % HOUR != 0 ? millis / MINUTE + "m" : millis / HOUR + "h";
    }
}
