package dev.freshet.connector.kafka.group;

import dev.freshet.change.Change;
import dev.freshet.checkpoint.Partition;
import dev.freshet.checkpoint.Positions;
import dev.freshet.checkpoint.SentPositions;
import dev.freshet.connector.kafka.record.Floor;
import dev.freshet.connector.kafka.record.TopicReader;
import dev.freshet.pipeline.SourceLostException;
import dev.freshet.pipeline.Term;
import dev.freshet.pipeline.WrittenBefore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The partitions that this member holds: where each begins, how far it may have been written before, what is stored of it. Used by the
 * polling thread, within which the consumer tells of partitions that come and go.
 *
 * <p>A partition whose position was stored in another term, or by nobody, is read from its beginning. What is done is stored before a
 * partition goes.
 */
final class Holdings implements ConsumerRebalanceListener {
    private static final Logger LOG = LoggerFactory.getLogger("dev.freshet.group");
    private static final long EVERY_NANOS = Duration.ofMillis(500).toNanos();

    private final Consumer<byte[], byte[]> consumer;
    private final GroupSettings settings;
    private final Term term;
    private final TopicReader topics;
    private final WrittenBefore writtenBefore;
    private final InstantSource clock;
    private final Map<Partition, Holding> held = new HashMap<>();
    private Positions done = Positions.NONE;
    private Positions stored = Positions.NONE;
    private long storedAtNanos = System.nanoTime();
    private boolean isAnew;

    /**
     * @param from the offset from which on it is read
     * @param doubtfulUpTo the offset before which records may have been written so long ago that their fences are gone
     */
    private record Holding(Mark mark, long from, long doubtfulUpTo) {}

    Holdings(
            Consumer<byte[], byte[]> consumer,
            GroupSettings settings,
            Term term,
            TopicReader topics,
            WrittenBefore writtenBefore,
            InstantSource clock) {
        this.consumer = consumer;
        this.settings = settings;
        this.term = term;
        this.topics = topics;
        this.writtenBefore = writtenBefore;
        this.clock = clock;
    }

    static Partition partition(TopicPartition of) {
        return new Partition(of.topic(), of.partition());
    }

    private static TopicPartition partition(Partition of) {
        return new TopicPartition(of.topic(), of.number());
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        if (partitions.isEmpty()) {
            return;
        }
        Map<TopicPartition, OffsetAndMetadata> committed = consumer.committed(new HashSet<>(partitions));
        Map<Partition, SentPositions.UpTo> written = written(partitions);
        Set<TopicPartition> fromEnd = new HashSet<>();
        for (TopicPartition each : partitions) {
            OffsetAndMetadata last = committed.get(each);
            Optional<Mark> mark = last == null ? Optional.empty() : Mark.read(last.metadata());
            if (last != null && mark.isPresent() && mark.get().term().equals(term.name())) {
                consumer.seek(each, last.offset());
                mark.get().floor().ifPresent(floor -> topics.raise(each, floor));
                held.put(
                        partition(each),
                        new Holding(mark.get(), last.offset(), doubtful(written.get(partition(each)), last.offset())));
            } else {
                held.put(partition(each), new Holding(Mark.begun(term.name()), 0, 0));
                switch (settings.start()) {
                    case BEGINNING -> {
                        consumer.seekToBeginning(Set.of(each));
                        isAnew = true;
                    }
                    case END -> fromEnd.add(each);
                }
            }
        }
        begin(fromEnd);
        // They may come while nobody takes what was read; whoever polls for more lets them go on.
        consumer.pause(partitions);
        LOG.atInfo().addKeyValue("partitions", partitions.size()).log("partitions came");
    }

    private Map<Partition, SentPositions.UpTo> written(Collection<TopicPartition> partitions) {
        try {
            return writtenBefore.of(partitions.stream().map(Holdings::partition).collect(Collectors.toSet()));
        } catch (SourceLostException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    private long doubtful(SentPositions.@Nullable UpTo written, long next) {
        if (written == null || written.upTo() <= next) {
            return 0;
        }
        Duration ago = Duration.between(written.since(), clock.instant());
        return ago.compareTo(settings.fencesLive()) > 0 ? written.upTo() : 0;
    }

    /** Where the end is now is stored at once: whoever comes next goes on from there, and not from a later end. */
    private void begin(Set<TopicPartition> fromEnd) {
        if (fromEnd.isEmpty()) {
            return;
        }
        Map<TopicPartition, OffsetAndMetadata> ends = new HashMap<>();
        consumer.endOffsets(fromEnd).forEach((partition, end) -> {
            consumer.seek(partition, end);
            ends.put(
                    partition,
                    new OffsetAndMetadata(end, Mark.begun(term.name()).text()));
        });
        consumer.commitSync(ends);
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        storeNow();
        lost(partitions);
        LOG.atInfo().addKeyValue("partitions", partitions.size()).log("partitions went");
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
        lost(partitions);
        LOG.atWarn()
                .addKeyValue("partitions", partitions.size())
                .log("the group went on without this member; what it did not store comes again elsewhere");
    }

    private void lost(Collection<TopicPartition> partitions) {
        partitions.forEach(each -> held.remove(partition(each)));
    }

    /** Whether a record may have been written before, without a fence that tells of it. */
    boolean isDoubtful(Partition partition, long offset) {
        Holding holding = held.get(partition);
        return holding != null && offset < holding.doubtfulUpTo();
    }

    /** @throws SourceLostException where the change's position went back: what is older and what is newer cannot be told any more */
    void saw(Partition partition, Change change) throws SourceLostException {
        Holding holding = held.get(partition);
        if (holding == null) {
            return;
        }
        if (holding.mark().isWentBackBy(change)) {
            throw new SourceLostException(
                    "a change of " + change.table() + " in " + partition
                            + " was committed later than others and has an older position in the database's log: the database was restored, or"
                            + " another one took its place; delete the topic and have the connector take a new snapshot, and it is read anew");
        }
        held.put(partition, new Holding(holding.mark().with(change), holding.from(), holding.doubtfulUpTo()));
    }

    /** Whether a partition begins anew since this was asked last. */
    boolean isAnew() {
        boolean was = isAnew;
        isAnew = false;
        return was;
    }

    /**
     * Stores what is done, now and then.
     *
     * @return what was stored since
     */
    Positions store(Positions more) {
        done = done.then(more);
        if (System.nanoTime() - storedAtNanos > EVERY_NANOS) {
            storeNow();
        }
        Positions now = stored;
        stored = Positions.NONE;
        return now;
    }

    /** All that is done; what is not held any more belongs to another member. */
    void storeNow() {
        storedAtNanos = System.nanoTime();
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        Map<Partition, Long> next = new HashMap<>();
        Map<TopicPartition, Floor> floors = topics.floors();
        done.next().forEach((partition, offset) -> {
            Holding holding = held.get(partition);
            // What was done before it went, and came back, another member may have passed since.
            if (holding != null && offset >= holding.from()) {
                TopicPartition at = partition(partition);
                Mark mark = holding.mark().with(Optional.ofNullable(floors.get(at)));
                offsets.put(at, new OffsetAndMetadata(offset, mark.text()));
                next.put(partition, offset);
            }
        });
        done = Positions.NONE;
        if (!offsets.isEmpty() && isCommitted(offsets)) {
            stored = stored.then(new Positions(next));
        } else {
            done = new Positions(next);
        }
    }

    /** A group that shares its partitions out anew takes no positions: this member stays in it, and the next poll tells what it holds. */
    private boolean isCommitted(Map<TopicPartition, OffsetAndMetadata> offsets) {
        try {
            consumer.commitSync(offsets);
            return true;
        } catch (RebalanceInProgressException | CommitFailedException e) {
            LOG.atDebug().setCause(e).log("positions could not be stored while partitions are shared out anew");
            return false;
        }
    }
}
