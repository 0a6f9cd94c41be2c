package dev.freshet.connector.kafka.record;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** Remembers of each partition how far its newest snapshot reaches, for what comes behind the snapshot. Used by one thread. */
final class Floors {
    private final Map<TopicPartition, Floor> floors = new HashMap<>();

    Map<TopicPartition, Floor> all() {
        return Map.copyOf(floors);
    }

    /** A row of a snapshot came along. */
    void raise(TopicPartition partition, Floor floor) {
        floors.merge(partition, floor, Floors::higher);
    }

    private static Floor higher(Floor one, Floor other) {
        int order = Long.compareUnsigned(one.lsn(), other.lsn());
        if (order == 0) {
            return one.offset() < other.offset() ? one : other;
        }
        return order > 0 ? one : other;
    }

    /** 0 where no snapshot came before this offset. A partition that is read again has its snapshot before it again. */
    long below(TopicPartition partition, long offset) {
        Floor floor = floors.get(partition);
        return floor == null || offset <= floor.offset() ? 0 : floor.lsn();
    }
}
