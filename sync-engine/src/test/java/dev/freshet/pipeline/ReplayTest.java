package dev.freshet.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.change.Version;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReplayTest {
    private long now;

    @Test
    void anotherOneBeginsOnlyAfterTheTargetHadAsMuchTimeToItself() {
        Replay replay = new Replay(() -> now);
        replay.begin(Optional.of(new Version(1, 0, 7, 0)));
        now = 100;
        replay.saw(false);
        assertThat(replay.isUnderWay()).isTrue();
        assertThat(replay.mayBeginAgain()).isFalse();
        replay.saw(true);
        assertThat(replay.isUnderWay()).isFalse();
        now = 199;
        assertThat(replay.mayBeginAgain()).isFalse();
        now = 200;
        assertThat(replay.mayBeginAgain()).isTrue();
    }
}
