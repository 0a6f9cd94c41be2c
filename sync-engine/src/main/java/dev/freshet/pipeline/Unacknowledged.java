package dev.freshet.pipeline;

import dev.freshet.checkpoint.Partition;
import dev.freshet.checkpoint.Positions;
import dev.freshet.checkpoint.SentPositions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How far this member may have written partitions that are not acknowledged so far, and since when. Used by one thread.
 *
 * <p>What is acknowledged always lags behind what is announced while changes come. So each partition has two spans: once the first is
 * acknowledged whole the second takes its place, and time moves on.
 */
final class Unacknowledged {
    private final Map<Partition, Span> first = new HashMap<>();
    private final Map<Partition, Span> second = new HashMap<>();

    private record Span(long upTo, Instant since) {}

    /** @param at no later than anything of it is written */
    void announced(Positions upTo, Instant at) {
        upTo.next().forEach((partition, next) -> {
            if (first.putIfAbsent(partition, new Span(next, at)) != null) {
                second.merge(partition, new Span(next, at), (before, after) -> new Span(after.upTo(), before.since()));
            }
        });
    }

    /** What is left of those partitions of which less is left than before. */
    List<SentPositions.Left> acknowledged(Positions done) {
        List<SentPositions.Left> left = new ArrayList<>();
        done.next().forEach((partition, next) -> {
            Span span = first.get(partition);
            if (span != null && span.upTo() <= next) {
                left.add(new SentPositions.Left(partition, behind(partition, next)));
            }
        });
        return left;
    }

    private Optional<Instant> behind(Partition partition, long next) {
        first.remove(partition);
        Span rest = second.remove(partition);
        if (rest == null || rest.upTo() <= next) {
            return Optional.empty();
        }
        first.put(partition, rest);
        return Optional.of(rest.since());
    }
}
