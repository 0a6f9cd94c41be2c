package dev.freshet.connector.kafka.group;

import dev.freshet.change.Change;
import dev.freshet.change.Transactions;
import dev.freshet.checkpoint.Partition;
import dev.freshet.checkpoint.Positions;
import dev.freshet.connector.kafka.record.Reading;
import dev.freshet.connector.kafka.record.TopicReader;
import dev.freshet.pipeline.Share;
import dev.freshet.pipeline.SourceLostException;
import dev.freshet.pipeline.Unread;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.connect.errors.DataException;

/** Makes a share of what was polled. Used by the polling thread. */
final class ShareReader {
    private final RecordConverter converter;
    private final TopicReader topics;
    private final GroupSettings.OnUnreadable onUnreadable;
    private final Holdings holdings;

    ShareReader(GroupSettings settings, TopicReader topics, Holdings holdings) {
        this.converter = new RecordConverter(settings.keys(), settings.values());
        this.topics = topics;
        this.onUnreadable = settings.onUnreadable();
        this.holdings = holdings;
    }

    /**
     * A share of all these records.
     *
     * @throws SourceLostException where one cannot be read, and none behind it may be
     */
    Share read(ConsumerRecords<byte[], byte[]> records) throws SourceLostException {
        List<Change> changes = new ArrayList<>(records.count());
        List<Change> doubtful = new ArrayList<>();
        List<Unread> unread = new ArrayList<>();
        Set<Long> transactions = new HashSet<>();
        Map<Partition, Long> next = new HashMap<>();
        for (TopicPartition from : records.partitions()) {
            Partition partition = Holdings.partition(from);
            for (ConsumerRecord<byte[], byte[]> record : records.records(from)) {
                switch (read(record)) {
                    case Reading.Changed changed -> {
                        holdings.saw(partition, changed.change());
                        changed.transaction().ifPresent(transactions::add);
                        (holdings.isDoubtful(partition, record.offset()) ? doubtful : changes).add(changed.change());
                    }
                    case Reading.Nothing nothing -> {}
                    case Reading.Unreadable(String reason) -> unread.add(unread(record, reason));
                }
            }
        }
        records.nextOffsets().forEach((partition, offset) -> next.put(Holdings.partition(partition), offset.offset()));
        return new Share(
                changes, doubtful, unread, new Transactions(transactions), new Positions(next), holdings.isAnew());
    }

    private Reading read(ConsumerRecord<byte[], byte[]> record) {
        try {
            return topics.read(converter.convert(record));
        } catch (DataException | SerializationException e) {
            return new Reading.Unreadable(Broker.reason(e));
        }
    }

    private Unread unread(ConsumerRecord<byte[], byte[]> record, String reason) throws SourceLostException {
        Partition partition = new Partition(record.topic(), record.partition());
        return switch (onUnreadable) {
            case STOP ->
                throw new SourceLostException("the record " + partition + "@" + record.offset() + " cannot be read: "
                        + reason + "; on_unreadable is stop");
            case SKIP -> new Unread(partition, record.offset(), Instant.ofEpochMilli(record.timestamp()), reason);
        };
    }
}
