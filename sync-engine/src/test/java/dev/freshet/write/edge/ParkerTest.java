package dev.freshet.write.edge;

import static dev.freshet.write.edge.EdgesOf.everything;
import static dev.freshet.write.edge.EdgesOf.keptInCache;
import static dev.freshet.write.edge.EdgesOf.purge;
import static dev.freshet.write.edge.EdgesOf.purgedAfterGaps;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.rules.edge.Edge;
import dev.freshet.rules.edge.EdgeType;
import dev.freshet.write.EdgeListener;
import dev.freshet.write.LaneName;
import dev.freshet.write.TargetAwayException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Rounds of a parker that the test makes itself; the lane's threads are never started. */
class ParkerTest {
    private static final int MOST = 2;

    private final Kept kept = new Kept();
    private final Lost lost = new Lost();
    private final EdgeLanes.Nature nature =
            new EdgeLanes.Nature(InstantSource.fixed(Instant.EPOCH), this::now, RandomGenerator.of("L64X128MixRandom"));
    private long now;

    private long now() {
        return now;
    }

    private static final class Kept implements Outbox {
        private final Map<String, String> texts = new LinkedHashMap<>();
        private boolean isAway;
        private boolean losesReplies;
        private boolean evictsBeforeItParks;

        private void answer() throws TargetAwayException {
            if (isAway) {
                throw new TargetAwayException("it is away");
            }
        }

        @Override
        public boolean park(List<ParkedPurge> purges, ParkedPurge mark) throws TargetAwayException {
            answer();
            if (evictsBeforeItParks) {
                texts.clear();
            }
            boolean stood = has(mark);
            texts.put(mark.field(), mark.value());
            purges.forEach(each -> texts.put(each.field(), each.value()));
            if (losesReplies) {
                throw new TargetAwayException("its reply is lost");
            }
            return stood;
        }

        @Override
        public void forget(List<ParkedPurge> purges) throws TargetAwayException {
            answer();
            purges.forEach(each -> texts.remove(each.field(), each.value()));
        }

        @Override
        public long size() throws TargetAwayException {
            answer();
            return texts.size();
        }

        @Override
        public boolean has(ParkedPurge purge) throws TargetAwayException {
            answer();
            return purge.value().equals(texts.get(purge.field()));
        }

        @Override
        public Page page(String cursor) throws TargetAwayException {
            answer();
            return new Page(
                    texts.entrySet().stream()
                            .map(text -> new ParkedPurge(text.getKey(), text.getValue()))
                            .toList(),
                    BEGINNING);
        }

        @Override
        public long spent(LaneName lane, YearMonth month, long names) {
            return names;
        }
    }

    private static final class Lost implements EdgeListener {
        private final List<Boolean> told = new ArrayList<>();

        @Override
        public void lost(LaneName lane, boolean isPurged) {
            told.add(isPurged);
        }
    }

    private Lane lane(Edge edge) {
        PurgeQueue queue = new PurgeQueue(
                edge,
                new PurgeBudget(edge, now, () -> YearMonth.of(2026, 11)),
                new Recovery(nature.random(), now),
                "c",
                MOST);
        EdgePurger purger = call -> {
            throw new IllegalStateException("nothing is to be sent");
        };
        return new Lane(
                edge, new LaneName(edge.name(), ""), purger, queue, lost, nature.clock(), nature.nanos(), () -> {});
    }

    private Parker parker(Lane lane) {
        return new Parker(List.of(lane), kept, "u", lost, nature, () -> {});
    }

    private static void add(Lane lane, int names) {
        IntStream.rangeClosed(1, names).forEach(i -> lane.add(i, List.of(purge("a" + i))));
    }

    private void waitLong() {
        now += Duration.ofMinutes(1).toNanos();
    }

    private static void round(Parker parker) {
        assertThat(parker.round()).isTrue();
    }

    /** One that has parked more than it holds. */
    private Parker parkedBeyondMemory(Lane lane) {
        Parker parker = parker(lane);
        add(lane, MOST + 1);
        waitLong();
        round(parker);
        return parker;
    }

    private PurgeCall sent(Lane lane) {
        return lane.ask(queue -> {
            Step step = queue.next(now);
            if (step instanceof Step.Send(PurgeCall call)) {
                return call;
            }
            throw new AssertionError("nothing leaves: " + step);
        });
    }

    private void accept(Lane lane) {
        PurgeCall call = sent(lane);
        lane.change(queue -> {
            Settled unused = queue.done(call, new PurgeReply.Accepted(), now);
        });
    }

    @Test
    void whatIsHeldAsWellIsParkedAgainWhereTheCacheLostIt() {
        Lane lane = lane(keptInCache(EdgeType.VARNISH));
        Parker parker = parker(lane);
        add(lane, MOST);
        waitLong();
        round(parker);
        Map<String, String> before = Map.copyOf(kept.texts);

        kept.texts.clear();
        round(parker);

        assertThat(kept.texts.keySet()).isEqualTo(before.keySet()).hasSize(MOST + 1);
        assertThat(lost.told).isEmpty();
    }

    @Test
    void everythingIsPurgedWhereTheCacheLostWhatStoodThereAlone() {
        Lane lane = lane(purgedAfterGaps(keptInCache(EdgeType.VARNISH)));
        Parker parker = parkedBeyondMemory(lane);

        kept.texts.clear();
        kept.isAway = true;
        assertThat(parker.round()).isFalse();
        kept.isAway = false;
        round(parker);

        assertThat(lost.told).containsExactly(true);
        assertThat(kept.texts.keySet()).anySatisfy(field -> assertThat(field).contains("\"all\":true"));
        assertThat(sent(lane).kind()).isEqualTo(Edge.Kind.ALL);
        round(parker);
        assertThat(lost.told).hasSize(1);
    }

    @Test
    void aLossIsToldWhereNothingIsPurgedAfterGaps() {
        Lane lane = lane(keptInCache(EdgeType.VARNISH));
        Parker parker = parkedBeyondMemory(lane);

        kept.texts.clear();
        round(parker);

        assertThat(lost.told).containsExactly(false);
    }

    @Test
    void nothingStandsThereOnceEverythingIsPurged() {
        Lane lane = lane(keptInCache(EdgeType.VARNISH));
        Parker parker = parkedBeyondMemory(lane);
        assertThat(parker.stored()).isZero();
        accept(lane);
        round(parker);
        assertThat(parker.stored()).isEqualTo(MOST + 1);
        accept(lane);
        round(parker);
        round(parker);

        assertThat(kept.texts).isEmpty();
        assertThat(parker.stored()).isZero();
        assertThat(lost.told).isEmpty();
    }

    @Test
    void whatAnotherProcessLeftAndTheCacheLostBeforeItWasReadIsNotForgotten() {
        Lane before = lane(keptInCache(EdgeType.VARNISH));
        add(before, MOST);
        waitLong();
        round(parker(before));
        Lane lane = lane(keptInCache(EdgeType.VARNISH));
        lane.add(1, List.of(everything(), purge("b")));
        Parker parker = parker(lane);
        round(parker);

        kept.texts.clear();
        round(parker);

        assertThat(lost.told).containsExactly(false);
    }

    @Test
    void whatWasLostWhileNoProcessRanIsToldOf() {
        Lane lane = lane(purgedAfterGaps(keptInCache(EdgeType.VARNISH)));
        Parker parker = parker(lane);
        parker.begin(true);

        round(parker);

        assertThat(lost.told).containsExactly(true);
        assertThat(sent(lane).kind()).isEqualTo(Edge.Kind.ALL);
    }

    @Test
    void aMarkStandsAsLongAsSomebodyWillLookForIt() {
        Lane lane = lane(keptInCache(EdgeType.VARNISH));
        Parker parker = parker(lane);
        parker.begin(false);
        add(lane, MOST);
        waitLong();
        round(parker);
        assertThat(parker.isNeeded()).isTrue();
        parker.said(true);
        accept(lane);
        round(parker);
        round(parker);
        assertThat(parker.isNeeded()).isFalse();
        assertThat(kept.texts).hasSize(1);

        parker.said(false);
        round(parker);

        assertThat(kept.texts).isEmpty();
        assertThat(lost.told).isEmpty();
    }

    @Test
    void aRepairThatFailedInItsMiddleIsMadeAgain() {
        Lane lane = lane(keptInCache(EdgeType.VARNISH));
        Parker parker = parkedBeyondMemory(lane);
        kept.texts.clear();
        kept.losesReplies = true;
        assertThat(parker.round()).isFalse();
        kept.losesReplies = false;

        round(parker);

        assertThat(lost.told).containsExactly(false);
        assertThat(kept.texts).hasSize(MOST + 1);
    }

    @Test
    void whatTheCacheLosesInTheMiddleOfARoundIsToldOf() {
        Lane lane = lane(keptInCache(EdgeType.VARNISH));
        Parker parker = parkedBeyondMemory(lane);
        lane.add(9, List.of(purge("b")));
        waitLong();
        kept.evictsBeforeItParks = true;
        round(parker);
        kept.evictsBeforeItParks = false;

        round(parker);

        assertThat(lost.told).containsExactly(false);
    }
}
