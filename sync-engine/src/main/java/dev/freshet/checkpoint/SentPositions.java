package dev.freshet.checkpoint;

import dev.freshet.write.TargetAwayException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Where it outlives a member of a group how far partitions may have been written, whoever held them. What was stored in another term
 * is gone, since offsets may be those of another topic; to a member of a term that is over nothing is said, and nothing is stored of
 * it. Of {@code term} each method is given the epoch.
 */
public interface SentPositions {
    /**
     * How far a partition may have been written.
     *
     * @param upTo the offset behind the last record of it
     * @param since no later than anything of it was written that was not acknowledged then, by the store's clock, in ms
     */
    record UpTo(long upTo, Instant since) {}

    /**
     * What was announced last; nothing of a partition of which all is acknowledged or nothing was announced, also when the store lost
     * its memory.
     *
     * @throws TargetAwayException where the store does not answer
     */
    Map<Partition, UpTo> load(int term, Set<Partition> partitions) throws TargetAwayException;

    /**
     * What became of an announcement of a partition.
     *
     * @param before how far it was stored to be written until then, by whomever
     */
    record Announced(OptionalLong before, UpTo now) {}

    /**
     * Stores these before it returns, and so before anything of them is written.
     *
     * @param at of a partition that has none yet, since when
     * @throws TargetAwayException where the store did not say that it did
     */
    Map<Partition, Announced> announce(int term, Positions upTo, Instant at) throws TargetAwayException;

    /**
     * What is left of a partition once some of it was acknowledged.
     *
     * @param upTo how far whoever says so knows it to be written; where another one has written further, it is passed over
     * @param since no later than anything of it was written; empty where nothing is left
     */
    record Left(Partition partition, long upTo, Optional<Instant> since) {}

    /**
     * Stores since when the rest was written.
     *
     * @throws TargetAwayException where the store did not say that it did
     */
    void acknowledged(int term, List<Left> left) throws TargetAwayException;
}
