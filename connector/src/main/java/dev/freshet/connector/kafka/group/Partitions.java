package dev.freshet.connector.kafka.group;

import dev.freshet.checkpoint.Partition;
import dev.freshet.checkpoint.Positions;
import dev.freshet.checkpoint.SentPositions;
import dev.freshet.connector.kafka.holding.Gathering;
import dev.freshet.connector.kafka.holding.Holdings;
import dev.freshet.connector.kafka.holding.Start;
import dev.freshet.pipeline.SourceLostException;
import dev.freshet.pipeline.Term;
import dev.freshet.pipeline.WrittenBefore;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves the consumer to where partitions go on that come, and stores what is done of them, before they go at the latest. Used by the
 * polling thread, within which the consumer tells of both.
 */
final class Partitions implements ConsumerRebalanceListener {
    private static final Logger LOG = LoggerFactory.getLogger("dev.freshet.group");
    private static final long EVERY_NANOS = Duration.ofMillis(500).toNanos();

    private final Consumer<byte[], byte[]> consumer;
    private final Term term;
    private final Start start;
    private final Holdings holdings;
    private final Gathering gathering;
    private final WrittenBefore writtenBefore;
    private Positions stored = Positions.NONE;
    private long storedAtNanos = System.nanoTime();

    Partitions(
            Consumer<byte[], byte[]> consumer,
            Term term,
            Start start,
            Holdings holdings,
            Gathering gathering,
            WrittenBefore writtenBefore) {
        this.consumer = consumer;
        this.term = term;
        this.start = start;
        this.holdings = holdings;
        this.gathering = gathering;
        this.writtenBefore = writtenBefore;
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        if (partitions.isEmpty()) {
            return;
        }
        Map<TopicPartition, OffsetAndMetadata> committed = consumer.committed(new HashSet<>(partitions));
        Map<Partition, SentPositions.UpTo> written = written(partitions);
        Map<TopicPartition, Long> from = new HashMap<>();
        Set<TopicPartition> unread = new HashSet<>();
        for (TopicPartition each : partitions) {
            OptionalLong next = holdings.came(each, committed.get(each), written.get(Holdings.partition(each)));
            next.ifPresentOrElse(
                    offset -> {
                        consumer.seek(each, offset);
                        from.put(each, offset);
                    },
                    () -> unread.add(each));
            if (holdings.isBegun(each)) {
                gathering.begins(each, next.orElseThrow());
            }
        }
        goOn(written, Holdings.offsets(from));
        begin(unread);
        // They may come while nobody takes what was read; whoever polls for more lets them go on.
        consumer.pause(partitions);
        LOG.atInfo().addKeyValue("partitions", partitions.size()).log("partitions came");
    }

    private Map<Partition, SentPositions.UpTo> written(Collection<TopicPartition> partitions) {
        try {
            return writtenBefore.of(
                    term, partitions.stream().map(Holdings::partition).collect(Collectors.toSet()));
        } catch (SourceLostException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    private void goOn(Map<Partition, SentPositions.UpTo> written, Map<Partition, Long> from) {
        try {
            writtenBefore.goOn(term, written, from);
        } catch (SourceLostException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    private void begin(Set<TopicPartition> unread) {
        if (unread.isEmpty()) {
            return;
        }
        Map<TopicPartition, Long> from = switch (start) {
            case BEGINNING -> consumer.beginningOffsets(unread);
            case END -> consumer.endOffsets(unread);
        };
        from.forEach((partition, offset) -> {
            consumer.seek(partition, offset);
            holdings.begins(partition, offset);
            gathering.begins(partition, offset);
        });
        // At once: whoever comes next goes on from there, and not from a later end.
        storeNow();
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        storeNow();
        holdings.lost(partitions);
        LOG.atInfo().addKeyValue("partitions", partitions.size()).log("partitions went");
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
        holdings.lost(partitions);
        LOG.atWarn()
                .addKeyValue("partitions", partitions.size())
                .log("the group went on without this member; what it did not store comes again elsewhere");
    }

    /**
     * Stores what is done, now and then.
     *
     * @return what was stored since
     */
    Positions store(Positions more) {
        holdings.done(more);
        if (System.nanoTime() - storedAtNanos > EVERY_NANOS || !holdings.isBeginningStored()) {
            storeNow();
        }
        Positions now = stored;
        stored = Positions.NONE;
        return now;
    }

    /** All that is done; what is not held any more belongs to another member. */
    void storeNow() {
        storedAtNanos = System.nanoTime();
        Map<TopicPartition, OffsetAndMetadata> moved = holdings.moved();
        if (!moved.isEmpty() && isCommitted(moved)) {
            stored = stored.then(Holdings.positions(holdings.stored(moved)));
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
