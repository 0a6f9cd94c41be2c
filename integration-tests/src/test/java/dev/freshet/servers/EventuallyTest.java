package dev.freshet.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class EventuallyTest {
    @Test
    void looksAgainUntilTheAssertionHolds() {
        var looks = new AtomicInteger();
        Eventually.eventually(
                Duration.ofSeconds(10),
                () -> assertThat(looks.incrementAndGet()).isEqualTo(5));
        assertThat(looks).hasValue(5);
    }

    @Test
    void tellsTheLastFailureWhenTimeIsUp() {
        var looks = new AtomicInteger();
        assertThatThrownBy(() -> Eventually.eventually(Duration.ofMillis(20), () -> {
                    throw new AssertionError("look %d failed".formatted(looks.incrementAndGet()));
                }))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("look %d failed", looks.get());
    }

    @Test
    void doesNotLookAgainWhenThereIsNoHope() {
        var looks = new AtomicInteger();
        assertThatThrownBy(() -> Eventually.eventually(Duration.ofSeconds(10), () -> {
                    looks.incrementAndGet();
                    throw new Eventually.HopelessException("it is dead");
                }))
                .hasMessage("it is dead");
        assertThat(looks).hasValue(1);
    }
}
