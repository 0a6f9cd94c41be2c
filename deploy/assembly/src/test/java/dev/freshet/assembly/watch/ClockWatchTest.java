package dev.freshet.assembly.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ClockWatchTest {
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private long nanos = 17;
    private final ClockWatch watch = new ClockWatch(() -> now, () -> nanos);

    private void pass(Duration onTheClock, Duration inTruth) {
        now = now.plus(onTheClock);
        nanos += inTruth.toNanos();
    }

    @Test
    void aClockThatRunsIsNotSet() {
        pass(Duration.ofHours(3), Duration.ofHours(3));
        assertThat(watch.look()).isEmpty();
        pass(Duration.ofMillis(600), Duration.ofMillis(500));
        assertThat(watch.look()).isEmpty();
    }

    @Test
    void aJumpIsToldOnceInItsDirection() {
        pass(Duration.ofMinutes(-5), Duration.ofSeconds(1));
        assertThat(watch.look()).contains(Duration.ofSeconds(-301));
        pass(Duration.ofSeconds(1), Duration.ofSeconds(1));
        assertThat(watch.look()).isEmpty();
        pass(Duration.ofSeconds(61), Duration.ofSeconds(1));
        assertThat(watch.look()).contains(Duration.ofMinutes(1));
    }
}
