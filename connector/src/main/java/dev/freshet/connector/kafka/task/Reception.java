package dev.freshet.connector.kafka.task;

import dev.freshet.checkpoint.Partition;
import dev.freshet.checkpoint.SentPositions;
import dev.freshet.connector.kafka.broker.Cluster;
import dev.freshet.connector.kafka.holding.Gathering;
import dev.freshet.connector.kafka.holding.Handover;
import dev.freshet.connector.kafka.holding.Holdings;
import dev.freshet.connector.kafka.record.Reading;
import dev.freshet.connector.kafka.record.TopicReader;
import dev.freshet.pipeline.DecisionNeededException;
import dev.freshet.pipeline.GroupSources.GapException;
import dev.freshet.pipeline.SourceLostException;
import dev.freshet.pipeline.Unread;
import dev.freshet.pipeline.WrittenBefore;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * What a task receives in one term: where its partitions go on, what their records say, what may be stored. Used by the task's thread.
 *
 * <p>Connect's consumer goes on wherever records are when those that were next are gone, and does not tell. So each offset that is not
 * the next one is looked into: compacted topics and borders of transactions leave such holes too.
 */
final class Reception {
    private final TaskSource source;
    private final TaskSettings settings;
    private final Cluster cluster;
    private final WrittenBefore writtenBefore;
    private final Unreadables unreadables;
    private final Origins origins;
    private final TopicReader topics;
    private final Holdings holdings;
    private final Gathering gathering;
    private final Map<TopicPartition, Long> next = new HashMap<>();

    Reception(
            TaskSource source,
            TaskSettings settings,
            Cluster cluster,
            WrittenBefore writtenBefore,
            Unreadables unreadables,
            Origins origins,
            InstantSource clock) {
        this.source = source;
        this.settings = settings;
        this.cluster = cluster;
        this.writtenBefore = writtenBefore;
        this.unreadables = unreadables;
        this.origins = origins;
        this.topics = new TopicReader(settings.catalog(), source.term().epoch());
        this.holdings = new Holdings(source.term(), topics, settings.fencesLive(), clock);
        this.gathering = new Gathering(holdings);
    }

    TaskSource source() {
        return source;
    }

    Handover handover() {
        return source.handover();
    }

    /**
     * Partitions came.
     *
     * @return where each has to be read from
     * @throws GapException where records are gone that were not done
     */
    Map<TopicPartition, Long> came(Collection<TopicPartition> partitions)
            throws SourceLostException, GapException, InterruptedException {
        Map<TopicPartition, OffsetAndMetadata> stored = cluster.stored(settings.group(), partitions);
        Map<TopicPartition, Long> beginnings = cluster.beginnings(partitions);
        Map<Partition, SentPositions.UpTo> written = writtenBefore.of(
                source.term(), partitions.stream().map(Holdings::partition).collect(Collectors.toSet()));
        Map<TopicPartition, Long> from = new HashMap<>();
        Set<TopicPartition> unread = new HashSet<>();
        for (TopicPartition each : partitions) {
            OptionalLong goesOn = holdings.came(each, stored.get(each), written.get(Holdings.partition(each)));
            if (goesOn.isEmpty()) {
                unread.add(each);
            } else {
                requireThere(each, goesOn.getAsLong(), beginnings);
                from.put(each, goesOn.getAsLong());
                if (holdings.isBegun(each)) {
                    gathering.begins(each, goesOn.getAsLong());
                }
            }
        }
        writtenBefore.goOn(source.term(), written, Holdings.offsets(from));
        if (!unread.isEmpty()) {
            Map<TopicPartition, Long> begin = switch (settings.start()) {
                case BEGINNING -> beginnings;
                case END -> cluster.ends(unread);
            };
            unread.forEach(each -> {
                long offset = begin.getOrDefault(each, 0L);
                holdings.begins(each, offset);
                gathering.begins(each, offset);
                from.put(each, offset);
            });
        }
        next.putAll(from);
        return from;
    }

    private static void requireThere(TopicPartition partition, long offset, Map<TopicPartition, Long> beginnings)
            throws GapException {
        long first = beginnings.getOrDefault(partition, 0L);
        if (first > offset) {
            throw new GapException(
                    "records that were not done are gone from " + partition + ": " + offset + " is next, " + first
                            + " is the first that is there: retention has passed them, or the topic was made again");
        }
    }

    /**
     * Looks whether what is next is still there, of partitions that may have been paused for long: the consumer goes on wherever records are.
     *
     * @throws GapException where it is not
     */
    void requireNextThere() throws SourceLostException, GapException, InterruptedException {
        if (!next.isEmpty()) {
            Map<TopicPartition, Long> beginnings = cluster.beginnings(next.keySet());
            for (Map.Entry<TopicPartition, Long> each : next.entrySet()) {
                requireThere(each.getKey(), each.getValue(), beginnings);
            }
        }
    }

    void lost(Collection<TopicPartition> partitions) {
        holdings.lost(partitions);
        next.keySet().removeAll(partitions);
    }

    /**
     * Gathers what records say.
     *
     * @throws GapException where records before these are gone
     */
    void read(Collection<SinkRecord> records) throws SourceLostException, GapException, InterruptedException {
        Map<TopicPartition, Long> skippedFrom = new HashMap<>();
        for (SinkRecord record : records) {
            TopicPartition partition = new TopicPartition(record.originalTopic(), record.originalKafkaPartition());
            long offset = record.originalKafkaOffset();
            Long expected = next.put(partition, offset + 1);
            if (expected != null && offset < expected) {
                throw new GapException("offsets of " + partition + " went back from " + expected + " to " + offset
                        + ": the topic was made again");
            }
            if (expected != null && offset > expected) {
                skippedFrom.putIfAbsent(partition, expected);
            }
            gathering.weighs(Weight.of(record));
            gather(partition, offset, record);
        }
        if (!skippedFrom.isEmpty()) {
            Map<TopicPartition, Long> beginnings = cluster.beginnings(skippedFrom.keySet());
            for (Map.Entry<TopicPartition, Long> each : skippedFrom.entrySet()) {
                requireThere(each.getKey(), each.getValue(), beginnings);
            }
        }
    }

    private void gather(TopicPartition partition, long offset, SinkRecord record) throws DecisionNeededException {
        switch (topics.read(record)) {
            case Reading.Changed changed -> {
                gathering.changed(partition, offset, changed);
                origins.read(changed.change(), record);
            }
            case Reading.Nothing nothing -> {}
            case Reading.Unreadable(String reason) -> {
                if (unreadables.isDeadLetter(record, reason)) {
                    Long timestamp = record.timestamp();
                    gathering.unread(new Unread(
                            Holdings.partition(partition),
                            offset,
                            Instant.ofEpochMilli(timestamp == null ? 0 : timestamp),
                            reason));
                }
            }
        }
        gathering.upTo(partition, offset + 1);
    }

    /** Hands over what was gathered, where it is stored where it begins, and what was handed over last is taken. */
    void handOver() {
        if (holdings.isBeginningStored()
                && !gathering.isEmpty()
                && handover().isTaken()
                && handover().offer(gathering.share())) {
            gathering.taken();
            origins.handedOver();
        }
        holdings.done(handover().acknowledged());
    }

    /** Whether so much was gathered that more has to wait. */
    boolean isFull() {
        return gathering.isFull();
    }

    /** Partitions of which something was done that is not known to be stored. */
    Set<TopicPartition> moved() {
        return holdings.moved().keySet();
    }

    /** Connect has read so far: also what transformations dropped, which is done with what was before. */
    void consumed(Map<TopicPartition, OffsetAndMetadata> read) {
        holdings.done(handover().acknowledged());
        read.forEach((partition, at) -> {
            Long given = next.get(partition);
            if (given != null && given < at.offset()) {
                next.put(partition, at.offset());
                holdings.nothingBetween(partition, given, at.offset());
            }
        });
    }

    boolean hold(Collection<TopicPartition> partitions) {
        return holdings.hold(partitions);
    }

    boolean isBeginningStored() {
        return holdings.isBeginningStored();
    }

    /** How far partitions are done. */
    Map<TopicPartition, OffsetAndMetadata> positions(Collection<TopicPartition> partitions) {
        holdings.done(handover().acknowledged());
        return holdings.positions(partitions);
    }

    /** What the brokers say is stored. */
    void stored(Map<TopicPartition, OffsetAndMetadata> positions) {
        Map<TopicPartition, OffsetAndMetadata> ours = holdings.stored(positions);
        handover().store(Holdings.positions(ours));
    }
}
