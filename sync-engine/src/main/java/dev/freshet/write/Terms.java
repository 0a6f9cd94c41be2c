package dev.freshet.write;

import java.time.Instant;
import java.util.function.Supplier;

/**
 * Under what something is written.
 *
 * @param ledAt a moment, by the target's clock, at which this process led; asked again in long work. A write that arrives too
 *     long after it is refused by the target, so that a process that was stopped in between cannot write old data
 * @param fences how long the target remembers the versions of what it is told
 */
public record Terms(Supplier<Instant> ledAt, Fences fences) {
    /** Whether another process is known to lead: what the target does not fence must not be written any more. */
    public boolean areOver() {
        return !ledAt.get().isAfter(Instant.EPOCH);
    }

    /** How long a version is remembered beside its entry. */
    public enum Fences {
        /** Longer than any replay or fill takes. */
        FOR_A_WINDOW,
        /** Until everything older was swept, however long a snapshot takes: an entry without a version counts as older. */
        UNTIL_SWEPT
    }
}
