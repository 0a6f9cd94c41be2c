package dev.freshet.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.checkpoint.Partition;
import dev.freshet.checkpoint.Positions;
import dev.freshet.checkpoint.SentPositions;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class UnacknowledgedTest {
    private static final Partition FIRST = new Partition("shop", 0);
    private static final Partition SECOND = new Partition("shop", 1);

    private static final Instant NOON = Instant.parse("2026-07-01T12:00:00Z");
    private static final Instant LATER = NOON.plusSeconds(60);

    private final Unacknowledged unacknowledged = new Unacknowledged();
    private final Map<Partition, SentPositions.UpTo> stored = new HashMap<>();

    /** As a store does in which nobody else writes. */
    private void announced(Positions positions, Instant at) {
        Map<Partition, SentPositions.Announced> announced = new HashMap<>();
        positions.next().forEach((partition, upTo) -> {
            SentPositions.UpTo before = stored.get(partition);
            Instant since = before == null ? at : before.since();
            SentPositions.UpTo now = new SentPositions.UpTo(Math.max(upTo, before == null ? 0 : before.upTo()), since);
            announced.put(
                    partition,
                    new SentPositions.Announced(
                            before == null ? OptionalLong.empty() : OptionalLong.of(before.upTo()), now));
            stored.put(partition, now);
        });
        unacknowledged.announced(announced, at);
    }

    private List<SentPositions.Left> acknowledged(Positions done) {
        List<SentPositions.Left> left = unacknowledged.acknowledged(done);
        left.forEach(each -> each.since()
                .ifPresentOrElse(
                        since -> stored.put(each.partition(), new SentPositions.UpTo(each.upTo(), since)),
                        () -> stored.remove(each.partition())));
        return left;
    }

    private static Positions at(Partition partition, long next) {
        return new Positions(Map.of(partition, next));
    }

    private static SentPositions.Left left(Partition partition, long upTo, Optional<Instant> since) {
        return new SentPositions.Left(partition, upTo, since);
    }

    @Test
    void nothingIsLeftOnceTheLastAnnouncedPositionIsStored() {
        announced(new Positions(Map.of(FIRST, 10L, SECOND, 5L)), NOON);
        announced(at(FIRST, 20), LATER);

        assertThat(acknowledged(at(FIRST, 9))).isEmpty();
        assertThat(acknowledged(new Positions(Map.of(FIRST, 20L, SECOND, 5L))))
                .containsExactlyInAnyOrder(left(FIRST, 20, Optional.empty()), left(SECOND, 5, Optional.empty()));
        assertThat(acknowledged(at(FIRST, 20))).isEmpty();
    }

    @Test
    void timeMovesOnWhereThereIsAlwaysMoreThanIsStored() {
        for (int i = 1; i <= 100; i++) {
            announced(at(FIRST, 10L * i), NOON.plusSeconds(i));
            if (i > 1) {
                assertThat(acknowledged(at(FIRST, 10L * (i - 1))))
                        .containsExactly(left(FIRST, 10L * i, Optional.of(NOON.plusSeconds(i))));
            }
        }
    }

    @Test
    void whatWasAnnouncedTogetherIsAsOldAsItsFirst() {
        announced(at(FIRST, 10), NOON);
        announced(at(FIRST, 20), LATER);
        announced(at(FIRST, 30), LATER.plusSeconds(60));

        assertThat(acknowledged(at(FIRST, 20))).containsExactly(left(FIRST, 30, Optional.of(LATER)));
        assertThat(acknowledged(at(FIRST, 29))).isEmpty();
        assertThat(acknowledged(at(FIRST, 30))).containsExactly(left(FIRST, 30, Optional.empty()));
    }

    @Test
    void whatWasNeverAnnouncedIsNotToldOf() {
        assertThat(acknowledged(at(SECOND, 3))).isEmpty();
    }

    @Test
    void whatThoseBeforeHaveWrittenIsLeftUntilAllOfItIsAcknowledged() {
        stored.put(FIRST, new SentPositions.UpTo(1_000, NOON));

        announced(at(FIRST, 10), LATER);
        announced(at(FIRST, 20), LATER);

        assertThat(acknowledged(at(FIRST, 20))).isEmpty();
        announced(at(FIRST, 1_010), LATER.plusSeconds(60));
        assertThat(acknowledged(at(FIRST, 999))).isEmpty();
        assertThat(acknowledged(at(FIRST, 1_000))).containsExactly(left(FIRST, 1_010, Optional.of(LATER)));
    }

    @Test
    void whatAnotherOneHasWrittenMeanwhileIsLeftUntilAllOfItIsAcknowledged() {
        announced(at(FIRST, 10), NOON);
        // It went, another one wrote further, and it came back.
        stored.put(FIRST, new SentPositions.UpTo(50, NOON));
        announced(at(FIRST, 60), LATER);

        assertThat(acknowledged(at(FIRST, 59))).isEmpty();
        assertThat(acknowledged(at(FIRST, 60))).containsExactly(left(FIRST, 60, Optional.empty()));
    }

    @Test
    void whereAnotherOneHasAcknowledgedMeanwhileTimeIsItsOwn() {
        announced(at(FIRST, 10), NOON);
        stored.put(FIRST, new SentPositions.UpTo(10, LATER));
        announced(at(FIRST, 20), LATER.plusSeconds(60));

        assertThat(acknowledged(at(FIRST, 10))).isEmpty();
        assertThat(acknowledged(at(FIRST, 20))).containsExactly(left(FIRST, 20, Optional.empty()));
    }
}
