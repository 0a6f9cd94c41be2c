package dev.freshet.rules.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Neither a rule nor a row may exhaust the stack or the memory. */
class HostileTextTest {
    static Stream<String> deep() {
        return Stream.of(
                "(".repeat(2000) + "a" + ")".repeat(2000),
                "(".repeat(4000),
                "a" + "+a".repeat(2000),
                "!".repeat(4000) + "a",
                "-".repeat(4000) + "a",
                "a" + ".b".repeat(2000),
                "a" + "[0]".repeat(1000),
                "[".repeat(2000) + "]".repeat(2000),
                "{'a':".repeat(600) + "1" + "}".repeat(600),
                "lower(".repeat(500) + "a" + ")".repeat(500),
                "a ? b : ".repeat(400) + "c");
    }

    @ParameterizedTest
    @MethodSource("deep")
    void deepNestingIsRefused(String source) {
        assertThat(TestScope.problems(source)).first().satisfies(problem -> {
            assertThat(problem.message()).isEqualTo("an expression nests at most 128 levels");
            assertThat(problem.offset()).isBetween(0, source.length());
        });
    }

    @Test
    void aHundredLevelsAreNotTooDeep() {
        assertThat(TestScope.evaluate("(".repeat(100) + "a" + ")".repeat(100), "a", 1L))
                .isEqualTo(1L);
        assertThat(TestScope.evaluate("a" + " + a".repeat(99), "a", 1L)).isEqualTo(100L);
    }

    @Test
    void aLongChainOfConditionsIsNotDeep() {
        assertThat(TestScope.evaluate("a" + " && a".repeat(800), "a", true)).isEqualTo(true);
    }

    @Test
    void aLongSourceIsRefusedUnread() {
        assertThat(TestScope.problems("a".repeat(Expressions.MAX_LENGTH + 1)))
                .containsExactly(new SyntaxProblem(4096, "an expression has at most 4096 characters, not 4097"));
        assertThat(TestScope.compile("a".repeat(Expressions.MAX_LENGTH)).columns())
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "((a{1000}){1000}){1000}",
                "(((((a{10}){10}){10}){10}){10})",
                "(a{1000}[(]){1000}",
                "(a{1000}[^](]){1000}",
                "(a{1000}[\\](]){1000}",
                "(a{1000}\\Q(\\E){1000}",
                "(a{1000}\\(){1000}",
                "(?:(?:x{0,1000}){500,}){1000}",
                "(a{1000}[[:alpha:](]){1000}"
            })
    void aPatternThatUnrollsIsRefused(String regex) {
        assertThat(TestScope.problems("a.matches(r\"" + regex + "\")"))
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("unroll"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$",
                "^\\d{4}-\\d{2}-\\d{2}(T\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,9})?Z)?$",
                "^(([a-z0-9-]{1,63})\\.){1,8}[a-z]{2,63}$",
                "^\\Q((\\E[({]{2}\\p{L}\\x{1F600}?$"
            })
    void ordinaryPatternsAreNotRefused(String regex) {
        assertThat(TestScope.evaluate("a.matches(r'" + regex + "')", "a", "!")).isEqualTo(false);
    }

    @Test
    void aPatternThatWouldBacktrackRunsInLinearTime() {
        assertThat(TestScope.evaluate("a.matches('^(a+)+$')", "a", "a".repeat(50_000) + "!"))
                .isEqualTo(false);
    }

    @Test
    void aLongListIsRefused() {
        List<Long> list = Collections.nCopies(10_001, 1L);
        assertThatThrownBy(() -> TestScope.evaluate("xs.all(x, x == 1)", "xs", list))
                .isInstanceOf(EvaluationException.class)
                .hasMessageContaining("10000 elements");
        assertThat(TestScope.evaluate("xs.all(x, x == 1)", "xs", list.subList(1, list.size())))
                .isEqualTo(true);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text(a)", "a == b", "a in [b]"})
    void aDeepValueIsRefused(String source) {
        assertThatThrownBy(() -> TestScope.evaluate(source, "a", nested(100_000), "b", nested(100_000)))
                .isInstanceOf(EvaluationException.class)
                .hasMessageContaining("500 levels");
    }

    @ParameterizedTest
    @ValueSource(ints = {501, 100_000})
    void deepJsonIsRefused(int levels) {
        String json = "[".repeat(levels) + "]".repeat(levels);
        assertThatThrownBy(() -> TestScope.evaluate("json(a)", "a", json))
                .isInstanceOf(EvaluationException.class)
                .hasMessageContaining("too deep");
        assertThat(TestScope.evaluate("json(a) != null", "a", json.substring(levels - 500, levels + 500)))
                .isEqualTo(true);
    }

    private static Object nested(int levels) {
        Object value = 1L;
        for (int i = 0; i < levels; i++) {
            value = List.of(value);
        }
        return value;
    }
}
