package dev.freshet.pipeline;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * For how long something that is expected to go on has not gone on, told by looks at a number that grows while it does. Used by
 * one thread.
 *
 * <p>Of a long time between two looks only a part counts: this process may have slept, and what it looks at with it.
 */
public final class Quiet {
    private final Duration most;
    private @Nullable Object last;
    private long count;
    private Duration quiet = Duration.ZERO;

    /** {@code most} that counts between two looks. */
    public Quiet(Duration most) {
        this.most = most;
    }

    /**
     * Looks once more.
     *
     * @param at what: another one than before has only begun
     * @param now how far it has come
     * @param since the last look
     * @return for how long it has not gone on
     */
    public Duration look(Object at, long now, Duration since) {
        if (at.equals(last) && now == count) {
            quiet = quiet.plus(since.compareTo(most) < 0 ? since : most);
        } else {
            forget();
        }
        last = at;
        count = now;
        return quiet;
    }

    /** Whatever is looked at next has only begun. */
    public void forget() {
        last = null;
        quiet = Duration.ZERO;
    }
}
