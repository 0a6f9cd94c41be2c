package dev.freshet.connector.envelope;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IsoInstantTest {
    @Test
    void readsWhatTheLibraryReads() {
        Random random = new Random(1);
        for (int i = 0; i < 20_000; i++) {
            // From year 0 to 9999, with every number of digits.
            long second = -62_167_219_200L + (long) (random.nextDouble() * 315_569_520_000L);
            int digits = random.nextInt(10);
            long step = (long) Math.pow(10, 9 - digits);
            Instant instant =
                    Instant.ofEpochSecond(second, digits == 0 ? 0 : random.nextLong(1_000_000_000L) / step * step);

            assertThat(IsoInstant.read(instant.toString())).isEqualTo(instant);
        }
        assertThat(IsoInstant.read("2026-11-01T08:15:00.5Z")).isEqualTo(Instant.parse("2026-11-01T08:15:00.5Z"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Z",
                "2026-11-01T08:15:00",
                "2026-11-01T08:15:00.Z",
                "2026-11-01T08:15:00,5Z",
                "2026-11-01T08:15:00.1234567890Z",
                "2026-11-01T08:15:00.12x4Z",
                "2026-02-30T08:15:00Z",
                "2026-13-01T08:15:00Z",
                "2026-11-01T24:00:00Z",
                "2026-11-01T08:60:00Z",
                "2026-11-01T08:15:60Z",
                "2026-11-01 08:15:00Z",
                "2026-11-01T08:15:00+01:00",
                "+10000-11-01T08:15:00Z",
                "-0001-11-01T08:15:00Z",
            })
    void leavesEveryOtherFormToOthers(String text) {
        assertThat(IsoInstant.read(text)).isNull();
    }
}
