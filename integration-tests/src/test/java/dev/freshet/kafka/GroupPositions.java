package dev.freshet.kafka;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * How far a group is in a topic.
 *
 * @param partitions how many the topic has
 */
record GroupPositions(Admin admin, String group, String topic, int partitions) {
    Map<TopicPartition, OffsetAndMetadata> stored() throws ExecutionException, InterruptedException {
        return admin.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get();
    }

    /** How many records it has stored as done. */
    long done() throws ExecutionException, InterruptedException {
        return stored().values().stream().mapToLong(OffsetAndMetadata::offset).sum();
    }

    /** How many records it has not stored as done. */
    long behind() throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        IntStream.range(0, partitions).forEach(i -> latest.put(new TopicPartition(topic, i), OffsetSpec.latest()));
        var ends = admin.listOffsets(latest).all().get();
        var done = stored();
        long behind = 0;
        for (var end : ends.entrySet()) {
            OffsetAndMetadata at = done.get(end.getKey());
            behind += end.getValue().offset() - (at == null ? 0 : at.offset());
        }
        return behind;
    }

    /** Takes a record of each partition that is not done, as retention does. */
    void retentionPasses() throws ExecutionException, InterruptedException {
        Map<TopicPartition, RecordsToDelete> taken = new HashMap<>();
        stored().forEach((partition, done) -> taken.put(partition, RecordsToDelete.beforeOffset(done.offset() + 1)));
        admin.deleteRecords(taken).all().get();
    }
}
