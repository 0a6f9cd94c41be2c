package dev.freshet.checkpoint;

import java.util.HashMap;
import java.util.Map;

/**
 * How far partitions are done: everything before these places.
 *
 * @param next of each partition, the offset of its next record
 */
public record Positions(Map<Partition, Long> next) {
    public static final Positions NONE = new Positions(Map.of());

    public Positions {
        next = Map.copyOf(next);
    }

    /** And these, which are later where they speak of the same partition. */
    public Positions then(Positions later) {
        Map<Partition, Long> all = new HashMap<>(next);
        all.putAll(later.next);
        return new Positions(all);
    }
}
