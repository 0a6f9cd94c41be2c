package dev.freshet.rules.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KindTest {
    @ParameterizedTest
    @CsvSource({
        "500ms, PT0.5S",
        "30s, PT30S",
        "15m, PT15M",
        "24h, PT24H",
        "7d, PT168H",
        "36500d, PT876000H",
        "3153600000s, PT876000H"
    })
    void aDurationHasANumberAndAUnit(String text, Duration duration) {
        assertThat(Kind.DURATION.read(text)).isEqualTo(Answer.is(duration));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "30",
                "s",
                "0s",
                "-1s",
                "1.5s",
                "1 s",
                "1H",
                "1h30m",
                "36501d",
                "100000000d",
                "3153600000001ms",
                "9999999999999999999s"
            })
    void nothingElseIsADuration(String text) {
        assertThat(Kind.DURATION.read(text))
                .isEqualTo(Answer.isNot("a duration from 1ms to 36500d, such as 30s (units ms s m h d)"));
    }

    @ParameterizedTest
    @CsvSource({"64KB, 65536", "128MB, 134217728", "20GB, 21474836480"})
    void aSizeIsInBytes(String text, long bytes) {
        assertThat(Kind.SIZE.read(text)).isEqualTo(Answer.is(bytes));
    }

    @ParameterizedTest
    @CsvSource({"1, true", "65536, true", "0, false", "65537, false", "99999999999, false", "1e3, false", "0x10, false"
    })
    void aWholeNumberKeepsItsBounds(String text, boolean allowed) {
        assertThat(Kind.whole(1, 65_536).read(text) instanceof Answer.Is).isEqualTo(allowed);
    }

    @Test
    void yesIsNoFlag() {
        assertThat(Kind.FLAG.read("true")).isEqualTo(Answer.is(true));
        assertThat(Kind.FLAG.read("yes")).isEqualTo(Answer.isNot("false or true"));
    }

    @Test
    void aWordOfALaterVersionIsNotCalledUnknown() {
        Kind<Integer> kind = Kind.words(Map.of("one", 1), Set.of("two"));

        assertThat(kind.read("two"))
                .isEqualTo(new Answer.Refused<>(
                        Code.NOT_SUPPORTED, "'two' is not supported by this version; allowed: one"));
    }

    @Test
    void aSecretIsNeverPrinted() {
        assertThat(Kind.SECRET.read("swordfish")).hasToString("Is[value=***]");
    }
}
