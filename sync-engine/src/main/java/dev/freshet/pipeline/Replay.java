package dev.freshet.pipeline;

import dev.freshet.change.Version;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * What comes again for the edges alone, from the checkpoint up to where the target is. The target waits for its end, so another one
 * begins only after the target had as much time to itself. Used by one thread.
 */
final class Replay {
    private final LongSupplier nanos;
    private boolean isUnderWay;
    private long begunAt;
    private long endedAt;

    /** @param nanos as {@link System#nanoTime} */
    Replay(LongSupplier nanos) {
        this.nanos = nanos;
        this.begunAt = nanos.getAsLong();
        this.endedAt = begunAt;
    }

    /** A source begins. */
    void begin(Optional<Version> inTarget) {
        begunAt = nanos.getAsLong();
        endedAt = begunAt;
        isUnderWay = inTarget.isPresent();
    }

    /** A batch has come. */
    void saw(boolean somethingNew) {
        if (isUnderWay && somethingNew) {
            isUnderWay = false;
            endedAt = nanos.getAsLong();
        }
    }

    boolean isUnderWay() {
        return isUnderWay;
    }

    boolean mayBeginAgain() {
        return !isUnderWay && nanos.getAsLong() - endedAt >= endedAt - begunAt;
    }
}
