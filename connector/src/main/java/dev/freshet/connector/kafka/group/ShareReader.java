package dev.freshet.connector.kafka.group;

import dev.freshet.checkpoint.Partition;
import dev.freshet.connector.kafka.broker.Broker;
import dev.freshet.connector.kafka.holding.Gathering;
import dev.freshet.connector.kafka.record.Reading;
import dev.freshet.connector.kafka.record.TopicReader;
import dev.freshet.pipeline.DecisionNeededException;
import dev.freshet.pipeline.Unread;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.connect.errors.DataException;

/** Gathers what was polled. Used by the polling thread. */
final class ShareReader {
    private final RecordConverter converter;
    private final TopicReader topics;
    private final GroupSettings.OnUnreadable onUnreadable;
    private final Gathering gathering;

    ShareReader(GroupSettings settings, TopicReader topics, Gathering gathering) {
        this.converter = new RecordConverter(settings.keys(), settings.values());
        this.topics = topics;
        this.onUnreadable = settings.onUnreadable();
        this.gathering = gathering;
    }

    /**
     * Gathers what all these records say.
     *
     * @throws DecisionNeededException where one cannot be read, and none behind it may be
     */
    void gather(ConsumerRecords<byte[], byte[]> records) throws DecisionNeededException {
        for (TopicPartition partition : records.partitions()) {
            for (ConsumerRecord<byte[], byte[]> record : records.records(partition)) {
                gathering.weighs(record.serializedKeySize() + record.serializedValueSize());
                switch (read(record)) {
                    case Reading.Changed changed -> gathering.changed(partition, record.offset(), changed);
                    case Reading.Nothing nothing -> {}
                    case Reading.Unreadable(String reason) -> gathering.unread(unread(record, reason));
                }
            }
        }
        records.nextOffsets().forEach((partition, next) -> gathering.upTo(partition, next.offset()));
    }

    private Reading read(ConsumerRecord<byte[], byte[]> record) {
        try {
            return topics.read(converter.convert(record));
        } catch (DataException | SerializationException e) {
            return new Reading.Unreadable(Broker.reason(e));
        }
    }

    private Unread unread(ConsumerRecord<byte[], byte[]> record, String reason) throws DecisionNeededException {
        Partition partition = new Partition(record.topic(), record.partition());
        return switch (onUnreadable) {
            case STOP ->
                throw new DecisionNeededException("the record " + partition + "@" + record.offset()
                        + " cannot be read: " + reason + "; on_unreadable is stop");
            case SKIP -> new Unread(partition, record.offset(), Instant.ofEpochMilli(record.timestamp()), reason);
        };
    }
}
