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
     * @throws TargetAwayException where the store did not say that it did
     * @throws StandDownException where a later leader has saved one, or where the one known before is gone: the store lost its
     *     memory, and what it holds is not complete; nothing was stored
     */
    void save(Checkpoint checkpoint) throws TargetAwayException, StandDownException;

    /**
     * What somebody asks for beside the checkpoint, until it is answered. A store that loses its memory loses the checkpoint with
     * it, and then everything is read again in any case.
     *
     * @throws TargetAwayException where the store does not answer
     */
    Optional<ResyncRequest> asked() throws TargetAwayException;

    /**
     * It is done; another one that came meanwhile stays.
     *
     * @throws TargetAwayException where the store did not say that it knows
     */
    void answered(ResyncRequest request) throws TargetAwayException;
}
