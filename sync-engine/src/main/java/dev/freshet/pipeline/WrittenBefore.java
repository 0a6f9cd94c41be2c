package dev.freshet.pipeline;

import dev.freshet.checkpoint.Partition;
import dev.freshet.checkpoint.SentPositions;
import dev.freshet.write.TargetAwayException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    public Map<Partition, SentPositions.UpTo> of(Term term, Set<Partition> partitions) throws SourceLostException {
        try {
            return sent.load(term.epoch(), partitions);
        } catch (TargetAwayException e) {
            throw away(e);
        }
    }

    /**
     * Of those that go on behind all that was written nothing is left: whoever had them before went before it said so.
     *
     * @param written as {@link #of} told
     * @param from where each goes on
     * @throws SourceLostException where that cannot be stored
     */
    public void goOn(Term term, Map<Partition, SentPositions.UpTo> written, Map<Partition, Long> from)
            throws SourceLostException {
        List<SentPositions.Left> left = written.entrySet().stream()
                .filter(each ->
                        from.getOrDefault(each.getKey(), 0L) >= each.getValue().upTo())
                .map(each ->
                        new SentPositions.Left(each.getKey(), each.getValue().upTo(), Optional.empty()))
                .toList();
        try {
            sent.acknowledged(term.epoch(), left);
        } catch (TargetAwayException e) {
            throw away(e);
        }
    }

    private static SourceLostException away(TargetAwayException e) {
        return new SourceLostException("the cache does not say how far partitions were written: " + e.getMessage(), e);
    }
}
