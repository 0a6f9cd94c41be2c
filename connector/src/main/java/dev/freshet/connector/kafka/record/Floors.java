package dev.freshet.connector.kafka.record;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

/** Remembers of each partition how far something reached that the changes behind it must not fall below. Used by one thread. */
final class Floors {
    private final Map<TopicPartition, Floor> floors = new HashMap<>();

    Optional<Floor> of(TopicPartition partition) {
        return Optional.ofNullable(floors.get(partition));
    }

    /** Of equal ones the first counts. */
    void raise(TopicPartition partition, Floor floor) {
        floors.merge(partition, floor, Floors::higher);
    }

    private static Floor higher(Floor known, Floor met) {
        return Long.compareUnsigned(known.lsn(), met.lsn()) < 0 ? met : known;
    }

    /** 0 where there was nothing before this offset: a partition may be read again. */
    long below(TopicPartition partition, long offset) {
        Floor floor = floors.get(partition);
        return floor == null || offset <= floor.offset() ? 0 : floor.lsn();
    }
}
