package dev.freshet.rules.expression;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.change.NoSuchColumnException;
import dev.freshet.change.Unknown;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Whatever stands in a rule, it is compiled or refused; whatever was compiled, it has a value or says why not. */
class AnyTextTest {
    /** A tilde stands for a space. */
    private static final List<String> WORDS = Pattern.compile("\\s+")
            .splitAsStream("""
                    a b c d row table name null true 1 2.5 1e3 'x' "y ' r' ''' ( ) [ ] { } {{ }} {a} : ? , . + - * / % ! =
                    == != < >= && || ~in~ ~ ~~// \\ $ é 😀 \u0000 \ud800 size( lower( has( text( shard( matches( date( json(
                    int( .map(x, .exists(a, .contains(
                    """)
            .map(word -> word.replace('~', ' '))
            .toList();

    private static final Object[] ROW = Arrays.asList(
                    "a",
                    1L,
                    "b",
                    "text",
                    "c",
                    Unknown.VALUE,
                    "d",
                    null,
                    "row",
                    1L,
                    "name",
                    Map.of("x", new BigDecimal("1.0")),
                    "x",
                    List.of(1L, 2.5))
            .toArray();

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);

    @Test
    void expressionsAreCompiledOrRefused() {
        int compiled = 0;
        for (int i = 0; i < 20_000; i++) {
            String source = text();
            try {
                switch (Expressions.compile(source)) {
                    case Compiled.Ready<Expression>(Expression expression) -> {
                        compiled++;
                        evaluate(expression);
                    }
                    case Compiled.Refused<Expression>(List<SyntaxProblem> problems) -> check(source, problems);
                }
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed + ": " + source, e);
            }
        }
        assertThat(compiled).as("seed %d", seed).isGreaterThan(100);
    }

    @Test
    void templatesAreCompiledOrRefused() {
        for (int i = 0; i < 20_000; i++) {
            String source = "p:{" + text() + "}" + text();
            try {
                switch (Template.compile(source)) {
                    case Compiled.Ready<Template>(Template template) ->
                        assertThat(template.source()).isEqualTo(source);
                    case Compiled.Refused<Template>(List<SyntaxProblem> problems) -> check(source, problems);
                }
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed + ": " + source, e);
            }
        }
    }

    private static void evaluate(Expression expression) {
        try {
            Object value = expression.evaluate(TestScope.row(ROW));
            if (value != null && value != Unknown.VALUE) {
                assertThat(Kinds.name(value)).isNotEmpty();
            }
        } catch (EvaluationException | NoSuchColumnException e) {
            assertThat(e).message().isNotEmpty();
        }
    }

    private static void check(String source, List<SyntaxProblem> problems) {
        assertThat(problems).isNotEmpty().allSatisfy(problem -> {
            assertThat(problem.offset()).isBetween(0, source.length());
            assertThat(problem.message()).isNotEmpty();
        });
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        for (int length = 1 + random.nextInt(6); length > 0; length--) {
            text.append(WORDS.get(random.nextInt(WORDS.size())));
        }
        return text.toString();
    }
}
