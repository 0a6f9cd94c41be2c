package dev.freshet.write.edge.cloudfront;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class InProgressTest {
    private final InProgress inProgress = new InProgress();

    @Test
    void nothingIsInTheWayWhileThereIsRoom() {
        inProgress.begin("a", new Load(2_999, 0));
        assertThat(inProgress.hasRoomFor(new Load(1, 15))).isTrue();
        assertThat(inProgress.lastInTheWayOf(new Load(1, 15))).isEmpty();
    }

    @Test
    void theOldestAreInTheWayAndNoMoreOfThemThanNeeded() {
        inProgress.begin("a", new Load(1_000, 0));
        inProgress.begin("b", new Load(1_000, 0));
        inProgress.begin("c", new Load(1_000, 0));
        assertThat(inProgress.lastInTheWayOf(new Load(1_500, 0))).contains("b");
    }

    @Test
    void wildcardsArePlacesOfTheirOwn() {
        inProgress.begin("a", new Load(3_000, 0));
        inProgress.begin("b", new Load(0, 15));
        assertThat(inProgress.lastInTheWayOf(new Load(0, 1))).contains("b");
    }

    @Test
    void whatIsOlderThanWhatIsDoneIsDone() {
        inProgress.begin("a", new Load(1_000, 0));
        inProgress.begin("b", new Load(1_000, 0));
        inProgress.begin("c", new Load(1_000, 0));
        inProgress.doneUpTo("b");
        assertThat(inProgress.hasRoomFor(new Load(2_000, 0))).isTrue();
        assertThat(inProgress.hasRoomFor(new Load(2_001, 0))).isFalse();
    }

    @Test
    void whatIsBegunAgainCountsOnce() {
        inProgress.begin("a", new Load(3_000, 0));
        inProgress.begin("a", new Load(3_000, 0));
        inProgress.doneUpTo("a");
        assertThat(inProgress.hasRoomFor(Load.MOST)).isTrue();
    }
}
