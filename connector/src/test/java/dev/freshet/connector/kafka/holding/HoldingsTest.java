package dev.freshet.connector.kafka.holding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.checkpoint.Positions;
import dev.freshet.checkpoint.SentPositions;
import dev.freshet.connector.kafka.record.TopicReader;
import dev.freshet.pipeline.Term;
import dev.freshet.rules.catalog.Catalog;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class HoldingsTest {
    private static final TopicPartition ONE = new TopicPartition("shop", 0);
    private static final TopicPartition TWO = new TopicPartition("shop", 1);
    private static final Instant NOON = Instant.parse("2026-07-01T12:00:00Z");
    private static final Duration FENCES_LIVE = Duration.ofMinutes(5);
    private static final String MARK = Mark.begun("now").done().text();

    private final Holdings holdings =
            new Holdings(new Term(7, "now"), new TopicReader(Catalog.NONE, 7), FENCES_LIVE, () -> NOON);

    private static Positions positions(TopicPartition partition, long next) {
        return new Positions(Map.of(Holdings.partition(partition), next));
    }

    @Test
    void aPositionOfThisTermIsGoneOnFrom() {
        assertThat(holdings.came(ONE, new OffsetAndMetadata(17, MARK), null)).hasValue(17);
    }

    @Test
    void aPositionOfAnotherTermOrOfSomebodyElseOrOfNobodyIsNot() {
        assertThat(holdings.came(
                        ONE, new OffsetAndMetadata(17, Mark.begun("before").text()), null))
                .isEmpty();
        assertThat(holdings.came(ONE, new OffsetAndMetadata(17), null)).isEmpty();
        assertThat(holdings.came(ONE, null, null)).isEmpty();
    }

    @Test
    void whatIsDoneOfAHeldPartitionMovesItsPositionAndItsMarkStays() {
        holdings.begins(ONE, 3);

        holdings.done(positions(ONE, 9));

        assertThat(holdings.moved()).isEqualTo(Map.of(ONE, new OffsetAndMetadata(9, MARK)));
    }

    @Test
    void whatWentIsNotStoredAnyMore() {
        holdings.begins(ONE, 3);
        holdings.done(positions(ONE, 9));

        holdings.lost(List.of(ONE));
        holdings.done(positions(ONE, 11));

        assertThat(holdings.moved()).isEmpty();
        assertThat(holdings.positions(Set.of(ONE))).isEmpty();
    }

    /** Another member has passed what this one was done with when the partition went. */
    @Test
    void aPositionIsNeverTakenBackBehindWhereThePartitionCameAgain() {
        holdings.begins(ONE, 3);
        holdings.lost(List.of(ONE));
        holdings.came(ONE, new OffsetAndMetadata(20, MARK), null);

        holdings.done(positions(ONE, 9));

        assertThat(holdings.moved()).isEmpty();
        assertThat(holdings.positions(Set.of(ONE))).isEqualTo(Map.of(ONE, new OffsetAndMetadata(20, MARK)));
    }

    @Test
    void whatIsStoredHasMovedNoMoreAndWhatMovedMeanwhileStillHas() {
        holdings.begins(ONE, 0);
        holdings.begins(TWO, 0);
        holdings.done(positions(ONE, 9));
        holdings.done(positions(TWO, 9));
        holdings.done(positions(TWO, 12));

        holdings.stored(Map.of(ONE, new OffsetAndMetadata(9, MARK), TWO, new OffsetAndMetadata(9, MARK)));

        assertThat(holdings.moved().keySet()).containsExactly(TWO);
    }

    @Test
    void whatIsStoredOfAnotherTermIsNotGoneOnFromAndDoesNotCount() {
        holdings.begins(ONE, 0);
        holdings.done(positions(ONE, 9));

        assertThat(holdings.stored(Map.of(
                        ONE, new OffsetAndMetadata(9, Mark.begun("before").text()))))
                .isEmpty();
        assertThat(holdings.moved().keySet()).containsExactly(ONE);
    }

    @Test
    void recordsThatMayHaveBeenWrittenLongerAgoThanFencesLiveAreDoubtful() {
        Instant longAgo = NOON.minus(FENCES_LIVE).minusSeconds(1);
        Instant lately = NOON.minus(FENCES_LIVE).plusSeconds(1);

        holdings.came(ONE, new OffsetAndMetadata(10, MARK), new SentPositions.UpTo(15, longAgo));
        holdings.came(TWO, new OffsetAndMetadata(10, MARK), new SentPositions.UpTo(15, lately));

        assertThat(holdings.isDoubtful(ONE, 14)).isTrue();
        assertThat(holdings.isDoubtful(ONE, 15)).isFalse();
        assertThat(holdings.isDoubtful(TWO, 14)).isFalse();
    }

    /** Whoever comes next has to know that nothing was made up for. */
    @Test
    void aPartitionHasBegunUntilSomethingIsDoneOfIt() {
        holdings.begins(ONE, 3);
        String begun = Mark.begun("now").text();

        assertThat(holdings.isBeginningStored()).isFalse();
        assertThat(holdings.moved()).isEqualTo(Map.of(ONE, new OffsetAndMetadata(3, begun)));
        holdings.stored(holdings.moved());
        assertThat(holdings.isBeginningStored()).isTrue();
        assertThat(holdings.moved()).isEmpty();

        holdings.lost(List.of(ONE));
        assertThat(holdings.came(ONE, new OffsetAndMetadata(3, begun), null)).hasValue(3);
        assertThat(holdings.isBegun(ONE)).isTrue();
        holdings.done(positions(ONE, 3));
        assertThat(holdings.isBegun(ONE)).isFalse();
        assertThat(holdings.moved()).isEqualTo(Map.of(ONE, new OffsetAndMetadata(3, MARK)));
    }

    @Test
    void whatHoldsNothingIsDoneWithWhatIsBeforeItAndNotSooner() {
        holdings.begins(ONE, 3);
        holdings.done(positions(ONE, 9));

        holdings.nothingBetween(ONE, 12, 15);
        assertThat(holdings.positions(Set.of(ONE))).isEqualTo(Map.of(ONE, new OffsetAndMetadata(9, MARK)));

        holdings.nothingBetween(ONE, 9, 15);
        assertThat(holdings.positions(Set.of(ONE))).isEqualTo(Map.of(ONE, new OffsetAndMetadata(15, MARK)));
    }
}
