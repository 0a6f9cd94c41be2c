package dev.freshet.sidecar.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class DemoSettingsTest {
    private static Duration untilBreak(Optional<Duration> length) {
        return new DemoSettings(length, false, Optional.of(Victim.CACHE), 1, 1, 1).untilBreak();
    }

    @ParameterizedTest
    @CsvSource({"500ms, PT0.5S", "20s, PT20S", "5m, PT5M", "1h, PT1H"})
    void durationsAreWrittenAsInRules(String text, Duration expected) {
        assertThat(new DurationConverter().convert(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "20", "s", "-1s", "1.5s", "20 s", "20d", "20s "})
    void otherWordsAreNotDurations(String text) {
        assertThatExceptionOfType(TypeConversionException.class)
                .isThrownBy(() -> new DurationConverter().convert(text));
    }

    @Test
    void thePartIsKilledHalfWayAndAfterTenSecondsAtTheLatest() {
        assertThat(untilBreak(Optional.of(Duration.ofSeconds(8)))).isEqualTo(Duration.ofSeconds(4));
        assertThat(untilBreak(Optional.of(Duration.ofMinutes(5)))).isEqualTo(Duration.ofSeconds(10));
        assertThat(untilBreak(Optional.empty())).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void popularThingsArePickedMoreOften() {
        var popularity = new Popularity(100);
        var random = new SplittableRandom(42);
        var picked = new int[100];
        for (int i = 0; i < 100_000; i++) {
            picked[popularity.pick(random)]++;
        }

        assertThat(Arrays.stream(picked).min().orElseThrow()).isPositive();
        assertThat(picked[0]).isGreaterThan(10 * picked[99]);
    }
}
