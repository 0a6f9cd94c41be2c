package dev.freshet.connector.debezium;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.connector.debezium.Silence.Step;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SilenceTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final EngineSigns.Seen QUIET = new EngineSigns.Seen(true, false, 7);

    private final Silence silence = new Silence(Duration.ofSeconds(8));

    private Step look(EngineSigns.Seen seen) {
        return silence.look("source", seen, false, SECOND);
    }

    private List<Step> looks(int count, EngineSigns.Seen seen, boolean serverIsBusy) {
        return IntStream.range(0, count)
                .mapToObj(i -> silence.look("source", seen, serverIsBusy, SECOND))
                .toList();
    }

    @Test
    void itIsAskedAndThenGivenUp() {
        assertThat(looks(9, QUIET, false))
                .containsExactly(
                        Step.NOTHING,
                        Step.NOTHING,
                        Step.NOTHING,
                        Step.NOTHING,
                        Step.ASK,
                        Step.NOTHING,
                        Step.NOTHING,
                        Step.NOTHING,
                        Step.GIVE_UP);
    }

    @Test
    void whatAnswersIsAskedAgainLater() {
        looks(5, QUIET, false);
        EngineSigns.Seen answered = new EngineSigns.Seen(true, false, 8);
        assertThat(looks(5, answered, false))
                .containsExactly(Step.NOTHING, Step.NOTHING, Step.NOTHING, Step.NOTHING, Step.ASK);
    }

    @Test
    void oneThatWorksIsNotSilent() {
        looks(8, QUIET, false);
        assertThat(look(new EngineSigns.Seen(true, true, 7))).isEqualTo(Step.NOTHING);
        assertThat(looks(4, QUIET, false)).containsOnly(Step.NOTHING);
    }

    @Test
    void oneThatReadsASnapshotIsNotSilent() {
        assertThat(looks(20, new EngineSigns.Seen(false, false, 7), false)).containsOnly(Step.NOTHING);
    }

    @Test
    void aServerThatDecodesIsNotSilent() {
        assertThat(looks(20, QUIET, true)).containsOnly(Step.NOTHING);
    }

    @Test
    void aProcessThatSleptAsksBeforeItGivesUp() {
        look(QUIET);
        assertThat(silence.look("source", QUIET, false, Duration.ofHours(1))).isEqualTo(Step.NOTHING);
        assertThat(silence.look("source", QUIET, false, Duration.ofHours(1))).isEqualTo(Step.ASK);
        assertThat(silence.look("source", QUIET, false, Duration.ofHours(1))).isEqualTo(Step.NOTHING);
    }

    @Test
    void anotherSourceHasOnlyBegun() {
        looks(8, QUIET, false);
        assertThat(silence.look("another", QUIET, false, SECOND)).isEqualTo(Step.NOTHING);
        assertThat(silence.look("another", QUIET, false, SECOND)).isEqualTo(Step.NOTHING);
    }
}
