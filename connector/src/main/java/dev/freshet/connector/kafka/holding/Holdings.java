package dev.freshet.connector.kafka.holding;

import dev.freshet.change.Change;
import dev.freshet.checkpoint.Partition;
import dev.freshet.checkpoint.Positions;
import dev.freshet.checkpoint.SentPositions;
import dev.freshet.connector.kafka.record.TopicReader;
import dev.freshet.pipeline.DecisionNeededException;
import dev.freshet.pipeline.Term;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * The partitions that a member holds: where each goes on, how far it may have been written before, how far it is done. Used by the
 * thread that reads.
 *
 * <p>A partition whose position was stored in another term, or by nobody, is read from its beginning.
 */
public final class Holdings {
    private final Term term;
    private final TopicReader topics;
    private final Duration fencesLive;
    private final InstantSource clock;
    private final Map<TopicPartition, Holding> held = new HashMap<>();
    private final Set<TopicPartition> moved = new HashSet<>();

    /** Those of which nobody but this member knows where they begin. */
    private final Set<TopicPartition> unstoredBeginnings = new HashSet<>();

    /**
     * @param next the offset before which all is done
     * @param doubtfulUpTo the offset before which records may have been written so long ago that their fences are gone
     */
    private record Holding(Mark mark, long next, long doubtfulUpTo) {
        Holding with(Mark other) {
            return new Holding(other, next, doubtfulUpTo);
        }

        Holding doneUpTo(long offset) {
            return new Holding(mark.done(), offset, doubtfulUpTo);
        }
    }

    /**
     * Holds nothing yet.
     *
     * @param topics reads the records of these partitions
     * @param fencesLive for how long something written is surely protected by its fence
     */
    public Holdings(Term term, TopicReader topics, Duration fencesLive, InstantSource clock) {
        this.term = term;
        this.topics = topics;
        this.fencesLive = fencesLive;
        this.clock = clock;
    }

    public static Partition partition(TopicPartition of) {
        return new Partition(of.topic(), of.partition());
    }

    private static TopicPartition partition(Partition of) {
        return new TopicPartition(of.topic(), of.number());
    }

    /**
     * A partition came.
     *
     * @param last its position, as it was stored
     * @param written how far it may have been written
     * @return where it goes on; empty where nobody has read it in this term, and {@link #begins} has to say where
     */
    public OptionalLong came(
            TopicPartition partition, @Nullable OffsetAndMetadata last, SentPositions.@Nullable UpTo written) {
        Optional<Mark> mark = last == null ? Optional.empty() : Mark.read(last.metadata());
        if (last == null || mark.isEmpty() || !mark.get().term().equals(term.name())) {
            return OptionalLong.empty();
        }
        mark.get().floor().ifPresent(floor -> topics.raise(partition, floor));
        moved.remove(partition);
        held.put(partition, new Holding(mark.get(), last.offset(), doubtful(written, last.offset())));
        return OptionalLong.of(last.offset());
    }

    /** A partition that came is read from here on. Nothing of it may be handed over before that is stored. */
    public void begins(TopicPartition partition, long offset) {
        held.put(partition, new Holding(Mark.begun(term.name()), offset, 0));
        moved.add(partition);
        unstoredBeginnings.add(partition);
    }

    /** Whether all of these are held. */
    public boolean hold(Collection<TopicPartition> partitions) {
        return held.keySet().containsAll(partitions);
    }

    /** Whether it is stored where partitions begin. */
    public boolean isBeginningStored() {
        return unstoredBeginnings.isEmpty();
    }

    /** Whether nothing was done of a partition in this term, whoever held it. */
    public boolean isBegun(TopicPartition partition) {
        Holding holding = held.get(partition);
        return holding != null && holding.mark().isBegun();
    }

    private long doubtful(SentPositions.@Nullable UpTo written, long next) {
        if (written == null || written.upTo() <= next) {
            return 0;
        }
        Duration ago = Duration.between(written.since(), clock.instant());
        return ago.compareTo(fencesLive) > 0 ? written.upTo() : 0;
    }

    public void lost(Collection<TopicPartition> partitions) {
        held.keySet().removeAll(partitions);
        moved.removeAll(partitions);
        unstoredBeginnings.removeAll(partitions);
    }

    /** Whether a record may have been written before, without a fence that tells of it. */
    boolean isDoubtful(TopicPartition partition, long offset) {
        Holding holding = held.get(partition);
        return holding != null && offset < holding.doubtfulUpTo();
    }

    /** @throws DecisionNeededException where the change's position went back: what is older and what is newer cannot be told any more */
    void saw(TopicPartition partition, Change change) throws DecisionNeededException {
        Holding holding = held.get(partition);
        if (holding == null) {
            return;
        }
        if (holding.mark().isWentBackBy(change)) {
            throw new DecisionNeededException("a change of " + change.table() + " in " + partition
                    + " was committed later than others and has an older position in the database's log: the database was restored, or"
                    + " another one took its place; delete the topic and have the connector take a new snapshot, and it is read anew, under"
                    + " on_gap: stop once freshet resync asked for it");
        }
        held.put(partition, holding.with(holding.mark().with(change)));
    }

    /** Whether everything before these is done, of partitions that are held. */
    public boolean areDone(Positions positions) {
        return positions.next().entrySet().stream().allMatch(each -> {
            Holding holding = held.get(partition(each.getKey()));
            return holding == null || holding.next() >= each.getValue();
        });
    }

    /** Everything before these is done. What went meanwhile, and what another member may have passed since, is not touched. */
    public void done(Positions positions) {
        positions.next().forEach((each, next) -> {
            TopicPartition partition = partition(each);
            Holding holding = held.get(partition);
            if (holding != null && next >= holding.next()) {
                held.put(partition, holding.doneUpTo(next));
                moved.add(partition);
            }
        });
    }

    /** A partition has nothing between two offsets: where all before the first is done, so is all before the second. */
    public void nothingBetween(TopicPartition partition, long from, long to) {
        Holding holding = held.get(partition);
        if (holding != null && holding.next() == from && !holding.mark().isBegun()) {
            held.put(partition, holding.doneUpTo(to));
            moved.add(partition);
        }
    }

    /** What is done of partitions of which something was done since they were {@link #stored}. */
    public Map<TopicPartition, OffsetAndMetadata> moved() {
        return positions(moved);
    }

    /**
     * These are stored.
     *
     * @return those of this term: whoever comes next does not go on from others
     */
    public Map<TopicPartition, OffsetAndMetadata> stored(Map<TopicPartition, OffsetAndMetadata> positions) {
        Map<TopicPartition, OffsetAndMetadata> ours = new HashMap<>();
        positions.forEach((partition, position) -> {
            Optional<Mark> mark = Mark.read(position.metadata());
            if (mark.filter(it -> it.term().equals(term.name())).isPresent()) {
                ours.put(partition, position);
                unstoredBeginnings.remove(partition);
                Holding holding = held.get(partition);
                boolean isAll = holding != null
                        && position.offset() >= holding.next()
                        && mark.get().isBegun() == holding.mark().isBegun();
                if (isAll) {
                    moved.remove(partition);
                }
            }
        });
        return ours;
    }

    /** How far those of some partitions are done that are held. */
    public Map<TopicPartition, OffsetAndMetadata> positions(Collection<TopicPartition> partitions) {
        Map<TopicPartition, OffsetAndMetadata> positions = new HashMap<>();
        for (TopicPartition each : partitions) {
            Holding holding = held.get(each);
            if (holding != null) {
                Mark mark = holding.mark().with(topics.floor(each));
                positions.put(each, new OffsetAndMetadata(holding.next(), mark.text()));
            }
        }
        return positions;
    }

    /** The same of partitions as the pipeline names them. */
    public static Map<Partition, Long> offsets(Map<TopicPartition, Long> of) {
        Map<Partition, Long> offsets = new HashMap<>();
        of.forEach((partition, offset) -> offsets.put(partition(partition), offset));
        return offsets;
    }

    /** What is left of positions once what only a broker needs is taken away. */
    public static Positions positions(Map<TopicPartition, OffsetAndMetadata> stored) {
        Map<Partition, Long> next = new HashMap<>();
        stored.forEach((partition, position) -> next.put(partition(partition), position.offset()));
        return new Positions(next);
    }
}
