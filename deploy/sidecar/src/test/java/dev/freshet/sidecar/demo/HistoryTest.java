package dev.freshet.sidecar.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class HistoryTest {
    @Test
    void theNewestRevisionIsNotOutdated() {
        var history = new History(1, 10);
        history.committed(2, 20);

        assertThat(history.outdatedAt(2)).isEmpty();
    }

    @Test
    void aRevisionLongForgottenIsOutdatedSinceTheOldestOneKept() {
        var history = new History(1, 1);
        for (int revision = 2; revision <= 1_000; revision++) {
            history.committed(revision, revision);
        }

        assertThat(history.outdatedAt(1)).hasValue(1_000 - 255);
    }

    @Test
    void revisionsOnlyGrow() {
        var history = new History(5, 10);

        assertThatIllegalArgumentException().isThrownBy(() -> history.committed(5, 20));
    }
}
