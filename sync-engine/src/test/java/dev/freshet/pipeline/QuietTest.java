package dev.freshet.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class QuietTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private final Quiet quiet = new Quiet(Duration.ofSeconds(5));

    @Test
    void itLastsWhileNothingGoesOn() {
        assertThat(quiet.look("a", 1, SECOND)).isZero();
        assertThat(quiet.look("a", 1, SECOND)).isEqualTo(SECOND);
        assertThat(quiet.look("a", 1, SECOND)).isEqualTo(SECOND.multipliedBy(2));
    }

    @Test
    void itEndsWhenSomethingGoesOnAndWithSomethingElse() {
        quiet.look("a", 1, SECOND);
        quiet.look("a", 1, SECOND);
        assertThat(quiet.look("a", 2, SECOND)).isZero();
        quiet.look("a", 2, SECOND);
        assertThat(quiet.look("b", 2, SECOND)).isZero();
    }

    @Test
    void whatWasForgottenBeginsAnew() {
        quiet.look("a", 1, SECOND);
        quiet.look("a", 1, SECOND);
        quiet.forget();
        assertThat(quiet.look("a", 1, SECOND)).isZero();
    }

    @Test
    void ofALongSleepOnlyAPartCounts() {
        quiet.look("a", 1, SECOND);
        assertThat(quiet.look("a", 1, Duration.ofHours(1))).isEqualTo(Duration.ofSeconds(5));
    }
}
