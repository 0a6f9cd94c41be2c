package dev.freshet.write.edge.cloudfront;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * Own invalidations that CloudFront may be at work on still, oldest first. What others began is not known here; CloudFront counts
 * those as well, and says itself when there are too many. For one thread at a time.
 */
final class InProgress {
    private final SequencedMap<String, Load> begun = new LinkedHashMap<>();
    private Load together = Load.NOTHING;

    /** It is begun; nothing changes where it was before. */
    void begin(String id, Load load) {
        if (begun.putIfAbsent(id, load) == null) {
            together = together.plus(load);
        }
    }

    boolean hasRoomFor(Load load) {
        return together.plus(load).isWithin(Load.MOST);
    }

    /** With what is older than it, the invalidation that has to be done before there is room; empty: there is room, or never. */
    Optional<String> lastInTheWayOf(Load load) {
        Load left = together.plus(load);
        for (Map.Entry<String, Load> each : begun.entrySet()) {
            if (left.isWithin(Load.MOST)) {
                break;
            }
            left = left.minus(each.getValue());
            if (left.isWithin(Load.MOST)) {
                return Optional.of(each.getKey());
            }
        }
        return Optional.empty();
    }

    /** It is done, and so is what is older. */
    void doneUpTo(String id) {
        Iterator<Map.Entry<String, Load>> oldestFirst = begun.entrySet().iterator();
        boolean isReached = false;
        while (oldestFirst.hasNext() && !isReached) {
            Map.Entry<String, Load> each = oldestFirst.next();
            oldestFirst.remove();
            together = together.minus(each.getValue());
            isReached = each.getKey().equals(id);
        }
    }
}
