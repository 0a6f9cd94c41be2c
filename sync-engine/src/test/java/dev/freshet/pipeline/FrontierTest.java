package dev.freshet.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.change.SourcePosition;
import dev.freshet.checkpoint.Basis;
import dev.freshet.checkpoint.Checkpoint;
import dev.freshet.rules.Fingerprint;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class FrontierTest {
    private static final Basis BASIS = new Basis(new Fingerprint("a"), new Fingerprint("b"));

    private final Frontier<Progress> frontier = new Frontier<>(Progress::then);

    private static Progress progress(long number, boolean isReading, boolean hasForms) {
        return new Progress(
                new Checkpoint(new SourcePosition(Long.toString(number)), "db", 1, BASIS),
                hasForms ? Optional.of(Map.of()) : Optional.empty(),
                !isReading);
    }

    private Optional<String> reached(OptionalLong undone) {
        return frontier.reached(undone).map(step -> step.checkpoint().position().text());
    }

    @Test
    void onlyWhatStandsBeforeTheFirstUndoneTicketIsDone() {
        for (long ticket = 1; ticket <= 4; ticket++) {
            frontier.add(ticket, progress(ticket, false, false));
        }

        assertThat(reached(OptionalLong.of(1))).isEmpty();
        assertThat(reached(OptionalLong.of(3))).contains("2");
        assertThat(reached(OptionalLong.of(3))).isEmpty();
        assertThat(reached(OptionalLong.empty())).contains("4");
        assertThat(frontier.isEmpty()).isTrue();
    }

    @Test
    void whatIsDoneTogetherHasTheFormsAndTheEndOfReadingOfEachPart() {
        frontier.add(1, progress(1, false, true));
        frontier.add(2, progress(2, true, false));

        Progress step = frontier.reached(OptionalLong.empty()).orElseThrow();

        assertThat(step.forms()).isPresent();
        assertThat(step.isRead()).isTrue();
    }

    @Test
    void whereManyWaitTheFrontierMovesInLongerStridesAndNeverTooFar() {
        for (long ticket = 1; ticket <= 100_000; ticket++) {
            frontier.add(ticket, progress(ticket, false, false));
        }

        for (long undone : new long[] {2, 777, 50_000, 99_999}) {
            assertThat(reached(OptionalLong.of(undone)).map(Long::valueOf).orElse(0L))
                    .isLessThan(undone);
        }
        assertThat(reached(OptionalLong.empty())).contains("100000");
    }
}
