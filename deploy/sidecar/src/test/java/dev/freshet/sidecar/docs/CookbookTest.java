package dev.freshet.sidecar.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.rules.catalog.Catalog;
import dev.freshet.rules.catalog.SchemaFile;
import dev.freshet.rules.yaml.Loading;
import dev.freshet.rules.yaml.Problem;
import dev.freshet.rules.yaml.Variables;
import dev.freshet.settings.SidecarFile;
import dev.freshet.settings.SidecarSettings;
import dev.freshet.sidecar.cases.CaseFile;
import dev.freshet.sidecar.cases.CaseRun;
import dev.freshet.sidecar.cases.TextReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each situation of {@code docs/cookbook.md} is a file that is right, with cases that pass. */
class CookbookTest {
    private static final Path FOLDER = Path.of("../examples/cookbook");
    private static final Path PAGE = Path.of("../../docs/cookbook.md");

    static Stream<Path> situations() throws IOException {
        try (Stream<Path> folders = Files.list(FOLDER)) {
            return folders.sorted().toList().stream();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("situations")
    void loadsWithoutProblemsAndWarnings(Path situation) throws Exception {
        Catalog catalog = SchemaFile.read(situation.resolve(SchemaFile.NAME));
        List<Problem> problems =
                switch (SidecarFile.load(situation.resolve("freshet.yaml"), Variables.whereTheyAreKnown(), catalog)) {
                    case Loading.Loaded<SidecarSettings> loaded -> loaded.warnings();
                    case Loading.Refused<SidecarSettings> refused -> refused.problems();
                };

        assertThat(problems).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("situations")
    void itsCasesPass(Path situation) {
        CaseRun run = switch (CaseFile.read(situation.resolve("rules-test.yaml"))) {
            case CaseFile.Read.Right right -> CaseRun.of(right, name -> true, () -> 0);
            case CaseFile.Read.Wrong wrong -> throw new AssertionError(wrong.problems());
        };

        assertThat(run.failed())
                .as(String.join("\n", TextReport.of(List.of(run))))
                .isZero();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("situations")
    void thePageShowsItsRules(Path situation) throws IOException {
        String file = Files.readString(situation.resolve("freshet.yaml"));

        assertThat(Files.readString(PAGE))
                .contains("(../deploy/examples/cookbook/" + situation.getFileName() + "/freshet.yaml)");
        assertThat(Fence.of(PAGE))
                .filteredOn(fence -> file.endsWith("\n\n" + fence.text()))
                .hasSize(1);
    }

    @Test
    void thePageShowsNothingElse() throws IOException {
        assertThat(Fence.of(PAGE)).hasSameSizeAs(situations().toList());
    }
}
