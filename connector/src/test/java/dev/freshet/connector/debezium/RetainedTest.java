package dev.freshet.connector.debezium;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.change.SourcePosition;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RetainedTest {
    private long nanos = Long.MAX_VALUE - 1;
    private final Retained retained = new Retained(Duration.ofMinutes(1), () -> nanos);

    private void passes(long seconds) {
        nanos += TimeUnit.SECONDS.toNanos(seconds);
    }

    private static SourcePosition position(int number) {
        return new SourcePosition(Integer.toString(number));
    }

    @Test
    void aPositionIsLetGoOnceItIsHeldLongEnough() {
        retained.add(position(1));
        passes(59);
        assertThat(retained.take()).isEmpty();

        passes(1);
        assertThat(retained.take()).contains(position(1));
        assertThat(retained.take()).isEmpty();
    }

    @Test
    void ofSeveralThatMayGoTheNewestGoes() {
        for (int second = 0; second < 100; second++) {
            retained.add(position(second));
            retained.add(position(1_000));
            passes(1);
        }

        assertThat(retained.take()).contains(position(40));
    }

    @Test
    void nothingIsHeldWhereNothingIsRetained() {
        Retained none = new Retained(Duration.ZERO, () -> nanos);
        none.add(position(1));
        none.add(position(2));

        assertThat(none.take()).contains(position(2));
    }
}
