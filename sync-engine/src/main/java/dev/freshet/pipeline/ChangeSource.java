package dev.freshet.pipeline;

import dev.freshet.change.SourcePosition;
import java.time.Duration;
import java.util.Optional;

/** Changes in commit order from one database. Not safe for use by several threads at once. */
public interface ChangeSource extends AutoCloseable {
    /**
     * The next batch, or empty when none came in time.
     *
     * @throws SourceLostException when this source can deliver no more; a new one must be opened
     */
    Optional<Batch> take(Duration atMost) throws SourceLostException, InterruptedException;

    /** Everything up to here is applied and the checkpoint that says so is stored: the database may forget it. */
    void acknowledge(SourcePosition position);

    /** Releases the database; idempotent. */
    @Override
    void close();
}
