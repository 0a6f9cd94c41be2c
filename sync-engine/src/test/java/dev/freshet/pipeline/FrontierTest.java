package dev.freshet.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.change.SourcePosition;
import dev.freshet.change.Transactions;
import dev.freshet.change.Version;
import dev.freshet.checkpoint.Basis;
import dev.freshet.checkpoint.Checkpoint;
import dev.freshet.rules.Fingerprint;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class FrontierTest {
    private static final Basis BASIS = new Basis(new Fingerprint("a"), new Fingerprint("b"));

    private final Frontier frontier = new Frontier();

    private static Batch batch(long number, boolean isReading, boolean hasForms) {
        return new Batch(
                List.of(),
                Transactions.NONE,
                new Version(1, 0, number, 0),
                new Checkpoint(new SourcePosition(Long.toString(number)), "db", 1, BASIS),
                isReading,
                hasForms ? Optional.of(Map.of()) : Optional.empty(),
                0);
    }

    private Optional<String> reached(OptionalLong undone) {
        return frontier.reached(undone).map(step -> step.checkpoint().position().text());
    }

    @Test
    void onlyWhatStandsBeforeTheFirstUndoneTicketIsDone() {
        for (long ticket = 1; ticket <= 4; ticket++) {
            frontier.add(ticket, batch(ticket, false, false));
        }

        assertThat(reached(OptionalLong.of(1))).isEmpty();
        assertThat(reached(OptionalLong.of(3))).contains("2");
        assertThat(reached(OptionalLong.of(3))).isEmpty();
        assertThat(reached(OptionalLong.empty())).contains("4");
        assertThat(frontier.isEmpty()).isTrue();
    }

    @Test
    void whatIsDoneTogetherHasTheFormsAndTheEndOfReadingOfEachPart() {
        frontier.add(1, batch(1, false, true));
        frontier.add(2, batch(2, true, false));

        Frontier.Step step = frontier.reached(OptionalLong.empty()).orElseThrow();

        assertThat(step.forms()).isPresent();
        assertThat(step.isRead()).isTrue();
    }

    @Test
    void whereManyWaitTheFrontierMovesInLongerStridesAndNeverTooFar() {
        for (long ticket = 1; ticket <= 100_000; ticket++) {
            frontier.add(ticket, batch(ticket, false, false));
        }

        for (long undone : new long[] {2, 777, 50_000, 99_999}) {
            assertThat(reached(OptionalLong.of(undone)).map(Long::valueOf).orElse(0L))
                    .isLessThan(undone);
        }
        assertThat(reached(OptionalLong.empty())).contains("100000");
    }
}
