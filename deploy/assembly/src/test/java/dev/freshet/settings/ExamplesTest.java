package dev.freshet.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.rules.catalog.Catalog;
import dev.freshet.rules.yaml.Loading;
import dev.freshet.rules.yaml.Problem;
import dev.freshet.rules.yaml.Variables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What we show to users works, in an environment that has nothing set. */
class ExamplesTest {
    private static final Variables BARE = new Variables(Map.<String, String>of()::get, path -> {
        throw new NoSuchFileException(path.toString());
    });

    static Stream<Path> examples() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("../examples"))) {
            return files
                    .filter(Files::isRegularFile)
                    .filter(file -> !file.toString().endsWith("-test.yaml"))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("examples")
    void loadsWithoutProblemsAndWarnings(Path example) {
        List<Problem> problems = switch (SidecarFile.load(example, BARE, Catalog.NONE)) {
            case Loading.Loaded<SidecarSettings> loaded -> loaded.warnings();
            case Loading.Refused<SidecarSettings> refused -> refused.problems();
        };

        assertThat(problems).isEmpty();
    }
}
