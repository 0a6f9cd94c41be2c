package dev.freshet.checkpoint;

import dev.freshet.write.TargetAwayException;
import java.util.Optional;

/** Where the checkpoint outlives the process. */
public interface CheckpointStore {
    /**
     * The last one saved; empty where there is none, also when the store lost its memory.
     *
     * @throws TargetAwayException where the store does not answer
     */
    Optional<Checkpoint> load() throws TargetAwayException;

    /**
     * Stores it durably before it returns.
     *
     * @param checkpoint the acknowledged prefix
     * @param leaderEpoch of the process that says so
     * @throws TargetAwayException where the store did not say that it did
     * @throws StandDownException where another process leads now, or where the checkpoint saved before is gone
     */
    void save(Checkpoint checkpoint, long leaderEpoch) throws TargetAwayException, StandDownException;
}
