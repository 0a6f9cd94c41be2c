package dev.freshet.pipeline;

import dev.freshet.checkpoint.Partition;
import dev.freshet.checkpoint.Positions;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** How far this member may have written partitions that are not acknowledged so far. Used by one thread. */
final class Unacknowledged {
    private final Map<Partition, Long> announced = new HashMap<>();

    void announced(Positions upTo) {
        announced.putAll(upTo.next());
    }

    /** Those of which by now nothing is left. */
    Set<Partition> acknowledged(Positions done) {
        Set<Partition> whole = new HashSet<>();
        done.next().forEach((partition, next) -> {
            Long upTo = announced.get(partition);
            if (upTo != null && upTo <= next) {
                announced.remove(partition);
                whole.add(partition);
            }
        });
        return whole;
    }
}
