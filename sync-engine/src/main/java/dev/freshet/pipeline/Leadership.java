package dev.freshet.pipeline;

/**
 * Under which epoch this process leads, for all who write. The pipeline's thread sets it when a source was won; any thread
 * reads it.
 */
public final class Leadership {
    private volatile long epoch;

    void won(long newEpoch) {
        epoch = newEpoch;
    }

    /** The unsigned epoch of the last win; 0 before the first. */
    public long epoch() {
        return epoch;
    }
}
