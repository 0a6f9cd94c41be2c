package dev.freshet.connector.kafka.task;

import dev.freshet.checkpoint.Partition;
import dev.freshet.checkpoint.SentPositions;
import dev.freshet.connector.kafka.broker.Cluster;
import dev.freshet.connector.kafka.holding.Gathering;
import dev.freshet.connector.kafka.holding.Handover;
import dev.freshet.connector.kafka.holding.Holdings;
import dev.freshet.connector.kafka.record.Reading;
import dev.freshet.connector.kafka.record.TopicReader;
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
    /** As many as fill a batch of writes well. */
    private static final int FULL = 2_000;

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
        Map<Partition, SentPositions.UpTo> written =
                writtenBefore.of(partitions.stream().map(Holdings::partition).collect(Collectors.toSet()));
        Map<TopicPartition, Long> from = new HashMap<>();
        Set<TopicPartition> unread = new HashSet<>();
        for (TopicPartition each : partitions) {
            OptionalLong goesOn = holdings.came(each, stored.get(each), written.get(Holdings.partition(each)));
            if (goesOn.isEmpty()) {
                unread.add(each);
            } else {
                requireThere(each, goesOn.getAsLong(), beginnings);
                from.put(each, goesOn.getAsLong());
            }
        }
        if (!unread.isEmpty()) {
            Map<TopicPartition, Long> begin = switch (settings.start()) {
                case BEGINNING -> {
                    gathering.beginsAnew();
                    yield beginnings;
                }
                case END -> cluster.ends(unread);
            };
            unread.forEach(each -> {
                long offset = begin.getOrDefault(each, 0L);
                holdings.begins(each, offset);
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
            gather(partition, offset, record);
        }
        if (!skippedFrom.isEmpty()) {
            Map<TopicPartition, Long> beginnings = cluster.beginnings(skippedFrom.keySet());
            for (Map.Entry<TopicPartition, Long> each : skippedFrom.entrySet()) {
                requireThere(each.getKey(), each.getValue(), beginnings);
            }
        }
    }

    private void gather(TopicPartition partition, long offset, SinkRecord record) throws SourceLostException {
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

    /** Hands over what was gathered, where what was handed over last is taken. */
    void handOver() {
        if (!gathering.isEmpty() && handover().isTaken() && handover().offer(gathering.share())) {
            gathering.taken();
            origins.handedOver();
        }
        holdings.done(handover().acknowledged());
    }

    /** Whether so much was gathered that more has to wait. */
    boolean isFull() {
        return gathering.records() >= FULL;
    }

    /** Partitions of which something was done that is not known to be stored. */
    Set<TopicPartition> moved() {
        return holdings.moved().keySet();
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
