package dev.freshet.sidecar.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class AgesTest {
    private final Ages ages = new Ages();

    private void add(Duration age) {
        ages.add(age.toNanos());
    }

    @Test
    void nothingHasNoAge() {
        assertThat(ages.median()).isZero();
        assertThat(ages.oldest()).isZero();
    }

    @Test
    void theOldestIsExact() {
        add(Duration.ofNanos(1_234_567_891));
        add(Duration.ofMillis(3));

        assertThat(ages.oldest()).isEqualTo(Duration.ofNanos(1_234_567_891));
    }

    @Test
    void theMedianIsRightToFivePercent() {
        for (int millis = 1; millis <= 1_001; millis++) {
            add(Duration.ofMillis(millis));
        }

        assertThat((double) ages.median().toMillis()).isCloseTo(501, within(0.05 * 501));
    }

    @Test
    void theMedianIsNotAboveTheOldest() {
        add(Duration.ofNanos(1_012_345));

        assertThat(ages.median()).isLessThanOrEqualTo(ages.oldest());
    }

    @Test
    void anAgeOfDaysIsCounted() {
        add(Duration.ofDays(3));

        assertThat(ages.oldest()).isEqualTo(Duration.ofDays(3));
        assertThat(ages.median()).isGreaterThan(Duration.ofMinutes(50));
    }
}
