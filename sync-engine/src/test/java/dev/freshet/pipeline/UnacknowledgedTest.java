package dev.freshet.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.checkpoint.Partition;
import dev.freshet.checkpoint.Positions;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UnacknowledgedTest {
    private static final Partition FIRST = new Partition("shop", 0);
    private static final Partition SECOND = new Partition("shop", 1);

    private final Unacknowledged unacknowledged = new Unacknowledged();

    private static Positions at(Partition partition, long next) {
        return new Positions(Map.of(partition, next));
    }

    @Test
    void aPartitionIsWholeOnceItsLastAnnouncedPositionIsStored() {
        unacknowledged.announced(new Positions(Map.of(FIRST, 10L, SECOND, 5L)));
        unacknowledged.announced(at(FIRST, 20));

        assertThat(unacknowledged.acknowledged(at(FIRST, 10))).isEmpty();
        assertThat(unacknowledged.acknowledged(new Positions(Map.of(FIRST, 20L, SECOND, 5L))))
                .containsExactlyInAnyOrder(FIRST, SECOND);
    }

    @Test
    void itIsToldOnce() {
        unacknowledged.announced(at(FIRST, 10));

        assertThat(unacknowledged.acknowledged(at(FIRST, 10))).containsExactly(FIRST);
        assertThat(unacknowledged.acknowledged(at(FIRST, 10))).isEmpty();
    }

    @Test
    void whatWasNeverAnnouncedIsNotToldOf() {
        assertThat(unacknowledged.acknowledged(at(SECOND, 3))).isEmpty();
    }
}
