package dev.freshet.pipeline;

import dev.freshet.checkpoint.Partition;
import dev.freshet.checkpoint.Positions;
import dev.freshet.checkpoint.SentPositions;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * How far partitions may have been written that are not acknowledged so far, by this member or those before it, and since when. Used
 * by one thread.
 *
 * <p>What is acknowledged always lags behind what is announced while changes come. So each partition has two spans: once the first is
 * acknowledged whole the second takes its place, and time moves on. Where another member has spoken of a partition meanwhile, all
 * that is stored of it is the first span.
 */
final class Unacknowledged {
    private final Map<Partition, Spans> spans = new HashMap<>();

    /**
     * Of a partition.
     *
     * @param known how far it is stored to be written, and since when
     * @param firstUpTo where the first span ends
     * @param secondSince when the second one began; null where there is none
     */
    private record Spans(
            SentPositions.UpTo known,
            long firstUpTo,
            @Nullable Instant secondSince) {
        static Spans one(SentPositions.UpTo known) {
            return new Spans(known, known.upTo(), null);
        }

        boolean isWhatWasStored(SentPositions.Announced announced) {
            return announced.before().equals(OptionalLong.of(known.upTo()))
                    && announced.now().since().equals(known.since());
        }

        Spans andUpTo(long upTo, Instant at) {
            return new Spans(
                    new SentPositions.UpTo(upTo, known.since()), firstUpTo, secondSince == null ? at : secondSince);
        }

        /** The second one alone; null where there is nothing in it behind an offset. */
        @Nullable
        Spans behind(long next) {
            return secondSince == null || known.upTo() <= next
                    ? null
                    : one(new SentPositions.UpTo(known.upTo(), secondSince));
        }
    }

    /** @param at no later than anything of it is written */
    void announced(Map<Partition, SentPositions.Announced> all, Instant at) {
        // As the store keeps it.
        Instant since = at.truncatedTo(ChronoUnit.MILLIS);
        all.forEach((partition, announced) -> spans.compute(
                partition,
                (same, before) -> before != null && before.isWhatWasStored(announced)
                        ? before.andUpTo(announced.now().upTo(), since)
                        : Spans.one(announced.now())));
    }

    /** What is left of those partitions of which less is left than before. */
    List<SentPositions.Left> acknowledged(Positions done) {
        List<SentPositions.Left> left = new ArrayList<>();
        done.next().forEach((partition, next) -> {
            Spans before = spans.get(partition);
            if (before != null && before.firstUpTo() <= next) {
                Optional<Spans> rest = Optional.ofNullable(before.behind(next));
                rest.ifPresentOrElse(after -> spans.put(partition, after), () -> spans.remove(partition));
                left.add(new SentPositions.Left(
                        partition,
                        before.known().upTo(),
                        rest.map(after -> after.known().since())));
            }
        });
        return left;
    }
}
