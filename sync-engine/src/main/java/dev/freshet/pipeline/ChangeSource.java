package dev.freshet.pipeline;

import dev.freshet.change.Version;
import dev.freshet.checkpoint.Checkpoint;
import java.time.Duration;
import java.util.Optional;

/** Changes in commit order from one database. Used by one thread. */
public interface ChangeSource extends AutoCloseable {
    /**
     * The next batch, or empty when none came in time.
     *
     * @throws SourceLostException when this source can deliver no more; a new one must be opened
     */
    Optional<Batch> take(Duration atMost) throws SourceLostException, InterruptedException;

    /** Everything up to here is applied and the checkpoint that says so is stored: the database may forget it. */
    void acknowledge(Checkpoint checkpoint);

    /**
     * Grows with every process that wins the source's exclusive hold, so that a target can refuse one that lost it. Known
     * from the first batch on.
     *
     * @throws IllegalStateException before the first batch
     */
    long leaderEpoch();

    /**
     * Present where this source could not go on from a checkpoint and begins with a snapshot: whatever the caches hold may
     * be older than anything it will deliver, and has to go first. The version is older than all it delivers and newer than
     * all that was delivered before.
     */
    Optional<Version> beginsAnew();

    /** Releases the database; idempotent. */
    @Override
    void close();
}
