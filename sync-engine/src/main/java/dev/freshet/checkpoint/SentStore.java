package dev.freshet.checkpoint;

import dev.freshet.write.TargetAwayException;
import java.util.Optional;

/** Where it outlives the process how far it may have written. */
public interface SentStore {
    /**
     * The last one announced; empty where there is none, also when the store lost its memory.
     *
     * @throws TargetAwayException where the store does not answer
     */
    Optional<Sent> load() throws TargetAwayException;

    /**
     * Stores it before it returns, and so before anything of it is written.
     *
     * @param lead under which this process leads
     * @throws TargetAwayException where the store did not say that it did
     * @throws StandDownException where a later lead was claimed, or another one is stored than was loaded or announced last;
     *     nothing was stored
     */
    void announce(Lead lead, Sent sent) throws TargetAwayException, StandDownException;
}
