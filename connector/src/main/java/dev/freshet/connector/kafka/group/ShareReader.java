package dev.freshet.connector.kafka.group;

import dev.freshet.checkpoint.Partition;
import dev.freshet.connector.kafka.broker.Broker;
import dev.freshet.connector.kafka.holding.Gathering;
import dev.freshet.connector.kafka.record.Reading;
import dev.freshet.connector.kafka.record.TopicReader;
import dev.freshet.pipeline.DecisionNeededException;
import dev.freshet.pipeline.Unread;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.connect.errors.DataException;
import org.jspecify.annotations.Nullable;

/** Gathers what was polled. Used by the polling thread. */
final class ShareReader {
    private final RecordConverter converter;
    private final TopicReader topics;
    private final GroupSettings.OnUnreadable onUnreadable;
    private final Gathering gathering;
    private @Nullable DecisionNeededException end;

    ShareReader(GroupSettings settings, TopicReader topics, Gathering gathering) {
        this.converter = new RecordConverter(settings.keys(), settings.values());
        this.topics = topics;
        this.onUnreadable = settings.onUnreadable();
        this.gathering = gathering;
    }

    /**
     * Gathers what all these records say.
     *
     * @throws DecisionNeededException where the database was restored
     */
    void gather(ConsumerRecords<byte[], byte[]> records) throws DecisionNeededException {
        Map<TopicPartition, OffsetAndMetadata> next = new HashMap<>(records.nextOffsets());
        for (TopicPartition partition : records.partitions()) {
            if (!gathersAll(records.records(partition))) {
                next.remove(partition);
            }
        }
        next.forEach((partition, behind) -> gathering.upTo(partition, behind.offset()));
    }

    /** What stands in front of a record that ends the reading is gathered. */
    private boolean gathersAll(List<ConsumerRecord<byte[], byte[]>> records) throws DecisionNeededException {
        for (ConsumerRecord<byte[], byte[]> record : records) {
            TopicPartition partition = new TopicPartition(record.topic(), record.partition());
            gathering.weighs(record.serializedKeySize() + record.serializedValueSize());
            switch (read(record)) {
                case Reading.Changed changed -> gathering.changed(partition, record.offset(), changed);
                case Reading.Nothing nothing -> {}
                case Reading.Unreadable(String reason) -> {
                    switch (onUnreadable) {
                        case SKIP -> gathering.unread(unread(record, reason));
                        case STOP -> {
                            gathering.upTo(partition, record.offset());
                            end = end == null ? undecided(record, reason) : end;
                            return false;
                        }
                    }
                }
            }
        }
        return true;
    }

    /** Why nothing more may be read; what was gathered stands in front of it, or in other partitions. */
    Optional<DecisionNeededException> end() {
        return Optional.ofNullable(end);
    }

    private Reading read(ConsumerRecord<byte[], byte[]> record) {
        try {
            return topics.read(converter.convert(record));
        } catch (DataException | SerializationException e) {
            return new Reading.Unreadable(Broker.reason(e));
        }
    }

    private static Unread unread(ConsumerRecord<byte[], byte[]> record, String reason) {
        return new Unread(partition(record), record.offset(), Instant.ofEpochMilli(record.timestamp()), reason);
    }

    private static DecisionNeededException undecided(ConsumerRecord<byte[], byte[]> record, String reason) {
        return new DecisionNeededException("the record " + partition(record) + "@" + record.offset()
                + " cannot be read: " + reason + "; on_unreadable is stop");
    }

    private static Partition partition(ConsumerRecord<byte[], byte[]> of) {
        return new Partition(of.topic(), of.partition());
    }
}
