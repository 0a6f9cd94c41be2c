package dev.freshet.pipeline;

import dev.freshet.checkpoint.Positions;
import java.time.Duration;
import java.util.Optional;

/** The partitions that one member of a group holds by now. Used by one thread. */
public interface GroupSource extends AutoCloseable {
    /**
     * What came, or empty when nothing came in time.
     *
     * @throws SourceLostException when this source can deliver no more; a new one must be opened
     * @throws GroupSources.GapException where what is next is not there any more
     */
    Optional<Share> take(Duration atMost) throws SourceLostException, GroupSources.GapException, InterruptedException;

    /** Everything before these is done. It is stored soon, where the partition is held still: whoever holds it next goes on from there. */
    void acknowledge(Positions done);

    /** What was stored since this was asked last. */
    Positions stored();

    /** Leaves the group; idempotent. */
    @Override
    void close();
}
