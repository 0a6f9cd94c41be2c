package dev.freshet.sidecar.cases;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.rules.yaml.Problem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;

/**
 * Every test file says exactly what stands beside it. With {@code -Dfreshet.golden=rewrite} the texts are written anew, to be
 * read as a user would before they are committed.
 */
class CasesTest {
    private static final Path FOLDER = Path.of("src/test/resources/cases");

    static Stream<Path> wrong() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER.resolve("wrong"))) {
            return files.filter(file -> file.toString().endsWith("-test.yaml")).sorted().toList().stream();
        }
    }

    static Stream<Path> examples() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("../examples"))) {
            return files.filter(file -> file.toString().endsWith("-test.yaml")).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"passing-test", "failing-test"})
    void saysHowEachCaseEnded(String name) throws IOException {
        String said = String.join("\n", TextReport.of(List.of(run(name)))) + "\n";

        isAsWritten(FOLDER.resolve(name + ".expected"), said);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrong")
    void saysWhatIsWrong(Path file) throws IOException {
        assertThat(CaseFile.read(file)).isInstanceOf(CaseFile.Read.Wrong.class);
        String said = problems(file).stream().map(problem -> problem + "\n").collect(Collectors.joining());

        isAsWritten(Path.of(file.toString().replace(".yaml", ".expected")), said);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("examples")
    void whatWeShowToUsersPasses(Path file) {
        assertThat(problems(file)).isEmpty();
        assertThat(TextReport.of(List.of(run(file)))).last().asString().endsWith("all passed");
    }

    @Test
    void programsAreToldTheSame() throws IOException {
        String said = JsonReport.of(List.of(run("failing-test"))).toPrettyString() + "\n";

        isAsWritten(FOLDER.resolve("failing-test.json"), said);
    }

    @Test
    void buildServersAreToldTheSame() throws Exception {
        String said = JunitReport.of(List.of(run("passing-test"), run("failing-test")));

        isAsWritten(FOLDER.resolve("report.xml"), said);
        Element root = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(said.getBytes(StandardCharsets.UTF_8)))
                .getDocumentElement();
        assertThat(root.getElementsByTagName("testcase").getLength()).isEqualTo(17);
        assertThat(root.getElementsByTagName("failure").getLength()).isEqualTo(4);
        assertThat(((Element) root.getElementsByTagName("testcase").item(13)).getAttribute("name"))
                .isEqualTo("too much & too little <here>");
    }

    @Test
    void onlyTheCasesThatAreAskedForRun() {
        CaseRun run =
                CaseRun.of(right(FOLDER.resolve("passing-test.yaml")), name -> name.contains("truncate"), () -> 0);

        assertThat(run.cases()).isOne();
    }

    private static CaseRun run(String name) {
        return run(FOLDER.resolve(name + ".yaml"));
    }

    private static CaseRun run(Path file) {
        return CaseRun.of(right(file), name -> true, () -> 0);
    }

    private static CaseFile.Read.Right right(Path file) {
        return switch (CaseFile.read(file)) {
            case CaseFile.Read.Right right -> right;
            case CaseFile.Read.Wrong wrong -> throw new AssertionError(wrong.problems());
        };
    }

    private static List<Problem> problems(Path file) {
        return switch (CaseFile.read(file)) {
            case CaseFile.Read.Right right -> List.of();
            case CaseFile.Read.Wrong wrong -> wrong.problems();
        };
    }

    private static void isAsWritten(Path golden, String said) throws IOException {
        String nameless = said.replace(FOLDER + "/", "");
        if ("rewrite".equals(System.getProperty("freshet.golden"))) {
            Files.writeString(golden, nameless);
        }
        assertThat(nameless).isEqualTo(Files.readString(golden));
    }
}
