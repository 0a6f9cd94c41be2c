package dev.freshet.checkpoint;

import dev.freshet.write.TargetAwayException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Where it outlives a member of a group how far partitions may have been written, whoever held them. */
public interface SentPositions {
    /**
     * How far a partition may have been written.
     *
     * @param upTo the offset behind the last record of it
     * @param since no later than anything of it was written that was not acknowledged then, by the store's clock
     */
    record UpTo(long upTo, Instant since) {}

    /**
     * What was announced last; nothing of a partition of which nothing was, also when the store lost its memory.
     *
     * @throws TargetAwayException where the store does not answer
     */
    Map<Partition, UpTo> load(Set<Partition> partitions) throws TargetAwayException;

    /**
     * Stores these before it returns, and so before anything of them is written.
     *
     * @param at of a partition that has none yet, since when
     * @throws TargetAwayException where the store did not say that it did
     */
    void announce(Positions upTo, Instant at) throws TargetAwayException;

    /**
     * What is left of a partition once some of it was acknowledged.
     *
     * @param since no later than anything of it was written; empty where nothing is left
     */
    record Left(Partition partition, Optional<Instant> since) {}

    /**
     * Stores since when the rest was written.
     *
     * @throws TargetAwayException where the store did not say that it did
     */
    void acknowledged(List<Left> left) throws TargetAwayException;
}
