package dev.freshet.pipeline;

import dev.freshet.checkpoint.Partition;
import dev.freshet.checkpoint.SentPositions;
import dev.freshet.write.TargetAwayException;
import java.util.Map;
import java.util.Set;

/** How far partitions may have been written before they came to this member. Used by a source's own thread. */
public final class WrittenBefore {
    private final SentPositions sent;

    /** @param sent on a connection of its own: the pipeline's may be waiting */
    public WrittenBefore(SentPositions sent) {
        this.sent = sent;
    }

    /**
     * As {@link SentPositions#load}.
     *
     * @throws SourceLostException where that cannot be told, and so nothing of them may be read
     */
    public Map<Partition, SentPositions.UpTo> of(Set<Partition> partitions) throws SourceLostException {
        try {
            return sent.load(partitions);
        } catch (TargetAwayException e) {
            throw new SourceLostException(
                    "the cache does not say how far partitions were written: " + e.getMessage(), e);
        }
    }
}
