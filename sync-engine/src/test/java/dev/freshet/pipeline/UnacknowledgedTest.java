package dev.freshet.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.checkpoint.Partition;
import dev.freshet.checkpoint.Positions;
import dev.freshet.checkpoint.SentPositions;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class UnacknowledgedTest {
    private static final Partition FIRST = new Partition("shop", 0);
    private static final Partition SECOND = new Partition("shop", 1);

    private static final Instant NOON = Instant.parse("2026-07-01T12:00:00Z");
    private static final Instant LATER = NOON.plusSeconds(60);

    private final Unacknowledged unacknowledged = new Unacknowledged();

    private static Positions at(Partition partition, long next) {
        return new Positions(Map.of(partition, next));
    }

    private static SentPositions.Left left(Partition partition, Optional<Instant> since) {
        return new SentPositions.Left(partition, since);
    }

    @Test
    void nothingIsLeftOnceTheLastAnnouncedPositionIsStored() {
        unacknowledged.announced(new Positions(Map.of(FIRST, 10L, SECOND, 5L)), NOON);
        unacknowledged.announced(at(FIRST, 20), LATER);

        assertThat(unacknowledged.acknowledged(at(FIRST, 9))).isEmpty();
        assertThat(unacknowledged.acknowledged(new Positions(Map.of(FIRST, 20L, SECOND, 5L))))
                .containsExactlyInAnyOrder(left(FIRST, Optional.empty()), left(SECOND, Optional.empty()));
        assertThat(unacknowledged.acknowledged(at(FIRST, 20))).isEmpty();
    }

    @Test
    void timeMovesOnWhereThereIsAlwaysMoreThanIsStored() {
        for (int i = 1; i <= 100; i++) {
            unacknowledged.announced(at(FIRST, 10L * i), NOON.plusSeconds(i));
            if (i > 1) {
                assertThat(unacknowledged.acknowledged(at(FIRST, 10L * (i - 1))))
                        .containsExactly(left(FIRST, Optional.of(NOON.plusSeconds(i))));
            }
        }
    }

    @Test
    void whatWasAnnouncedTogetherIsAsOldAsItsFirst() {
        unacknowledged.announced(at(FIRST, 10), NOON);
        unacknowledged.announced(at(FIRST, 20), LATER);
        unacknowledged.announced(at(FIRST, 30), LATER.plusSeconds(60));

        assertThat(unacknowledged.acknowledged(at(FIRST, 20))).containsExactly(left(FIRST, Optional.of(LATER)));
        assertThat(unacknowledged.acknowledged(at(FIRST, 29))).isEmpty();
        assertThat(unacknowledged.acknowledged(at(FIRST, 30))).containsExactly(left(FIRST, Optional.empty()));
    }

    @Test
    void whatWasNeverAnnouncedIsNotToldOf() {
        assertThat(unacknowledged.acknowledged(at(SECOND, 3))).isEmpty();
    }
}
