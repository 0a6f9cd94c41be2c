package dev.freshet.rules.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every wrong file says exactly what stands beside it. With {@code -Dfreshet.golden=rewrite} the texts are written anew, to be
 * read as a user would before they are committed.
 */
class WrongFilesTest {
    private static final Path FOLDER = Path.of("src/test/resources/invalid");

    static Stream<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList().stream();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("files")
    void saysWhatIsWrong(Path file) throws IOException {
        String said = problems(file).stream()
                .map(problem -> problem.toString().replace(FOLDER + "/", "") + "\n")
                .collect(Collectors.joining());
        Path expected = FOLDER.resolve(file.getFileName().toString().replace(".yaml", ".expected"));
        if ("rewrite".equals(System.getProperty("freshet.golden"))) {
            Files.writeString(expected, said);
        }
        assertThat(said).isEqualTo(Files.readString(expected));
    }

    @Test
    void everyExpectedTextHasItsFile() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            assertThat(files.filter(file -> file.toString().endsWith(".expected")))
                    .allSatisfy(file -> assertThat(Path.of(file.toString().replace(".expected", ".yaml")))
                            .exists());
        }
    }

    private static List<Problem> problems(Path file) {
        return switch (new RuleFiles(Shop.VARIABLES).load(file, Shop.CATALOG, Shell.UNREAD)) {
            case Loading.Refused<Map<String, Node>>(List<Problem> problems) -> problems;
            case Loading.Loaded<Map<String, Node>> loaded -> loaded.warnings();
        };
    }
}
