package dev.freshet.pipeline;

import dev.freshet.checkpoint.Checkpoint;
import java.util.Optional;

/** Opens a source where the last one left off. */
public interface SourceOpener {
    /**
     * A new source.
     *
     * @param from where to go on; empty: from a snapshot
     * @throws SourceLostException where the database cannot be reached or refuses; opening again later may do
     */
    ChangeSource open(Optional<Checkpoint> from) throws SourceLostException, InterruptedException;
}
