package dev.freshet.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.rules.catalog.Catalog;
import dev.freshet.rules.yaml.Loading;
import dev.freshet.rules.yaml.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
        List<Problem> problems = switch (SidecarFile.load(file, SidecarFileTest.VARIABLES, Catalog.NONE)) {
            case Loading.Loaded<SidecarSettings> loaded -> loaded.warnings();
            case Loading.Refused<SidecarSettings> refused -> refused.problems();
        };
        String said = problems.stream()
                .map(problem -> problem.toString().replace(FOLDER + "/", "") + "\n")
                .collect(Collectors.joining());
        Path expected = FOLDER.resolve(file.getFileName().toString().replace(".yaml", ".expected"));
        if ("rewrite".equals(System.getProperty("freshet.golden"))) {
            Files.writeString(expected, said);
        }
        assertThat(said).isEqualTo(Files.readString(expected));
        assertThat(said).doesNotContain("swordfish", "sword/fish", "hunter2");
    }
}
