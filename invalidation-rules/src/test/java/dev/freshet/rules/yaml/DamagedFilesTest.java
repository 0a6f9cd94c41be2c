package dev.freshet.rules.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever happens to a good file, its reader says so and does not fall over. */
class DamagedFilesTest {
    private static final String ODD = "{}[]:#\"'!&*-?|>%@`\t\n$.,\\ \u0000\uFEFF\uD83E";

    /** Every place takes half a minute; this step shares no factor with the odd characters, so each of them comes up. */
    private static final int STEP = 5;

    @TempDir
    Path folder;

    private final String good;

    DamagedFilesTest() throws IOException {
        good = Files.readString(Path.of("src/test/resources/valid/shop.yaml"));
    }

    @Test
    void endingTooEarly() {
        atManyPlaces(at -> good.substring(0, at));
    }

    @Test
    void lackingACharacter() {
        atManyPlaces(at -> good.substring(0, at) + good.substring(at + 1));
    }

    @Test
    void holdingAnOddCharacter() {
        atManyPlaces(at -> good.substring(0, at) + ODD.charAt(at % ODD.length()) + good.substring(at));
    }

    @Test
    void holdingAnOddCharacterInPlaceOfAnother() {
        atManyPlaces(at -> good.substring(0, at) + ODD.charAt(at % ODD.length()) + good.substring(at + 1));
    }

    private void atManyPlaces(IntFunction<String> damage) {
        for (int at = 0; at < good.length(); at += STEP) {
            String damaged = damage.apply(at);
            int place = at;
            assertThatCode(() -> load(damaged))
                    .as("at %s of %s", place, damaged)
                    .doesNotThrowAnyException();
        }
    }

    private void load(String text) throws IOException {
        Path file = folder.resolve("damaged.yaml");
        Files.write(file, text.getBytes(StandardCharsets.UTF_8));
        List<Problem> problems = switch (new RuleFiles(Shop.VARIABLES).load(file, Shop.CATALOG, Shell.UNREAD)) {
            case Loading.Loaded<?> loaded -> loaded.warnings();
            case Loading.Refused<?> refused -> {
                assertThat(refused.problems()).anyMatch(Problem::isError);
                yield refused.problems();
            }
        };
        assertThat(problems)
                .allSatisfy(problem -> assertThat(problem.toString()).isNotBlank());
    }
}
