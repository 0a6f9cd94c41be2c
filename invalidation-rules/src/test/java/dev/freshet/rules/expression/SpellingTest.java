package dev.freshet.rules.expression;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpellingTest {
    @ParameterizedTest
    @CsvSource({
        "tabel, table, 1",
        "tble, table, 1",
        "tablee, table, 1",
        "'', abc, 3",
        "same, same, 0",
        "kitten, sitting, 3"
    })
    void distanceCountsMistakes(String a, String b, int mistakes) {
        assertThat(Spelling.distance(a, b)).isEqualTo(mistakes);
        assertThat(Spelling.distance(b, a)).isEqualTo(mistakes);
    }

    @Test
    void theNearestWordIsNamed() {
        assertThat(Spelling.nearest("tabel", List.of("where", "table", "label")))
                .contains("table");
        assertThat(Spelling.nearest("TABLE", List.of("table"))).contains("table");
    }

    @Test
    void aWordThatIsFarIsNot() {
        assertThat(Spelling.nearest("colour", List.of("where", "table"))).isEqualTo(Optional.empty());
        assertThat(Spelling.nearest("xy", List.of("id"))).isEqualTo(Optional.empty());
    }
}
