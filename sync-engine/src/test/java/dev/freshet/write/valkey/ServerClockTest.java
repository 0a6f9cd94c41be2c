package dev.freshet.write.valkey;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ServerClockTest {
    @Test
    void aReadingHoldsForTheMiddleOfTheRoundTrip() {
        ServerClock clock = ServerClock.read(List.of("1700000000", "123456"), 1_000_000, 5_000_000);

        assertThat(clock).isEqualTo(new ServerClock(3_000_000, 1_700_000_000_123L));
    }

    @Test
    void earlierAndLaterMomentsAreReckonedFromTheReading() {
        ServerClock clock = new ServerClock(Long.MAX_VALUE, 1_000);

        assertThat(clock.millisAt(Long.MAX_VALUE - 2_000_000)).isEqualTo(998);
        assertThat(clock.millisAt(Long.MAX_VALUE + 2_000_000)).isEqualTo(1_002);
    }

    @Test
    void aReadingGrowsOld() {
        ServerClock clock = new ServerClock(0, 0);

        assertThat(clock.isFresh(29_999_999_999L)).isTrue();
        assertThat(clock.isFresh(30_000_000_000L)).isFalse();
    }
}
