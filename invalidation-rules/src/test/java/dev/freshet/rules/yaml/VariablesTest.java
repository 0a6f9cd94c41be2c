package dev.freshet.rules.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VariablesTest {
    private static Node replaced(String yaml, Problems problems) {
        return Shop.VARIABLES.replaceIn(TreeBuilder.read(new SourceText("f", yaml), problems), problems);
    }

    @ParameterizedTest
    @CsvSource({
        "${env:USER}, freshet",
        "a ${env:USER} b ${env:USER}, a freshet b freshet",
        "${env:NONE:-x:-y}, x:-y",
        "${env:NONE:-}, ''",
        "${env:EMPTY:-x}, ''",
        "${file:/run/secrets/db}, swordfish",
        "$$, $",
        "$${env:USER}, ${env:USER}",
        "a$b$, a$b$",
        "${env:NONE:-$$}, $$"
    })
    void areReplaced(String text, String meaning) {
        Problems problems = new Problems();

        assertThat(((Node.Scalar) replaced(text, problems)).text()).isEqualTo(meaning);
        assertThat(problems.sorted()).isEmpty();
    }

    @Test
    void areReplacedInListsAndMaps() {
        Node.Mapping map = (Node.Mapping) replaced("a: ['${env:USER}']", new Problems());

        assertThat(((Node.Scalar) ((Node.Items) Shop.in(map.members(), "a"))
                                .nodes()
                                .getFirst())
                        .text())
                .isEqualTo("freshet");
    }

    @Test
    void doNotShowWhatTheyStandFor() {
        Problems problems = new Problems();
        new Reading(problems).scalar(replaced("${file:/run/secrets/db}", problems), Kind.FLAG);

        assertThat(problems.sorted().stream().map(Problem::toString))
                .isEqualTo(List.of("f:1:1: expected false or true, found '${file:/run/secrets/db}'"));
    }
}
