package dev.freshet.rules.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.change.Unknown;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemplateTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "plain; plain",
                "product:{id}; product:17",
                "product:{ id }:{row[\"Order Id\"]}; product:17:5",
                "{name}; jane",
                "{{user:{id}}}:cart; {user:17}:cart",
                "{{{id}}}; {17}",
                "}}{{; }{",
                "a{id}{name}b; a17janeb",
                "{'}'}:{\"}\"}; }:}",
                "{'it\\'s }'}; it's }",
                "{r'\\}'}{id}; \\}17",
                "{'''}'}'''}; }'}",
                "{ {'a': {'b': id}}.a.b }; 17",
                "{['x', 'y'][0]}; x",
                "{lower(\"}\" + name)}; }jane",
                "{id > 5 ? 'big' : 'small'}; big",
                "{table.schema}.{table.name}; public.product",
                "{price}:{flag}; 9.90:true",
                "*?[x]\\; *?[x]\\"
            })
    void textStandsAndExpressionsAreReplaced(String source, String name) {
        assertThat(names(source, ROW)).containsExactly(name);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "a{id; 1; '{' without '}'",
                "a}; 1; '}' without '{'",
                "{id}}; 4; '}' without '{'",
                "a{}; 1; there is no expression",
                "a{ }; 1; there is no expression",
                "{'a}; 0; '{' without '}'",
                "{r'\\'}; 1; unescaped terminating quote",
                "{f([}; 4; the expression ends too early",
                "x{id}{lowr(name)}; 6; unknown function 'lowr'",
                "x:{package}; 3; a word of CEL",
                "é{ id = 1 }; 6; '=' is no operator",
                "{row}; 1; 'row' is an object",
                "{{id}; 4; '}' without '{'"
            })
    void aMistakeIsShownWhereItIsInTheTemplate(String source, int offset, String message) {
        assertThat(problems(source)).singleElement().satisfies(problem -> {
            assertThat(problem.message()).contains(message);
            assertThat(problem.offset()).isEqualTo(offset);
        });
    }

    @Test
    void allMistakesAreToldAtOnce() {
        assertThat(problems("{}:{lowr(a)}:}:{b"))
                .extracting(SyntaxProblem::offset)
                .containsExactly(0, 4, 13, 15);
    }

    @Test
    void aLongTemplateIsRefused() {
        assertThat(problems("a".repeat(Template.MAX_LENGTH + 1)))
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("at most 8192"));
    }

    @Test
    void aListMakesANameOfEachElement() {
        assertThat(names("topic-{topics}", "topics", List.of("b", "a", "b"))).containsExactly("topic-b", "topic-a");
    }

    @Test
    void twoListsMakeEveryPair() {
        assertThat(names("{xs}:{id}:{['en', 'de']}!", "xs", List.of(1L, 2L), "id", "k"))
                .containsExactly("1:k:en!", "1:k:de!", "2:k:en!", "2:k:de!");
    }

    @Test
    void noNameIsMadeTwice() {
        assertThat(names("{xs}{ys}", "xs", List.of("a", "ab"), "ys", List.of("bc", "c")))
                .containsExactly("abc", "ac", "abbc");
        List<String> same = Collections.nCopies(200, "x");
        assertThat(names("{xs}:{xs}", "xs", same)).containsExactly("x:x");
    }

    @Test
    void nullAndAnEmptyListMakeNoName() {
        assertThat(names("a:{n}", "n", null)).isEmpty();
        assertThat(names("a:{n}:{id}", "n", List.of(), "id", 1L)).isEmpty();
        assertThat(names("a:{id}:{n}", "n", Collections.singletonList(null), "id", List.of(1L)))
                .isEmpty();
        assertThat(names("a:{n}", "n", Arrays.asList("x", null, "y"))).containsExactly("a:x", "a:y");
    }

    @Test
    void whatWasNotSentIsNamed() {
        Template template = TestScope.template("a:{id}:{lower(name)}");
        assertThat(template.render(TestScope.row("id", 1L, "name", Unknown.VALUE)))
                .isEqualTo(new Names.NotKnown("name"));
        assertThat(template.render(TestScope.row("id", Unknown.VALUE, "name", "x")))
                .isEqualTo(new Names.NotKnown("id"));
        assertThat(template.render(TestScope.row("id", Unknown.VALUE, "name", Unknown.VALUE)))
                .isEqualTo(new Names.NotKnown("id"));
        assertThat(TestScope.template("{z + y}").render(TestScope.row("z", Unknown.VALUE, "y", Unknown.VALUE)))
                .isEqualTo(new Names.NotKnown("y"));
    }

    @Test
    void whereOneExpressionMakesNoNameTheOthersNeedNotBeKnown() {
        assertThat(names("{u}:{n}", "u", Unknown.VALUE, "n", null)).isEmpty();
        assertThat(names("{n}:{u}", "u", Unknown.VALUE, "n", List.of())).isEmpty();
    }

    @Test
    void namesAreCountedBeforeTheyAreMade() {
        List<Long> list = LongStream.range(0, 401).boxed().toList();
        assertThat(names("{xs}:{ys}", "xs", list.subList(0, 250), "ys", list.subList(0, 400)))
                .hasSize(100_000);
        assertThatThrownBy(() -> names("{xs}:{ys}", "xs", list, "ys", list))
                .isInstanceOf(EvaluationException.class)
                .hasMessage("more than 100000 names");
    }

    @Test
    void namesAreBoundedTogether() {
        List<Long> list = LongStream.range(0, 100).boxed().toList();
        assertThatThrownBy(() -> names("{x}:{ys}", "x", "x".repeat(1 << 20), "ys", list))
                .isInstanceOf(EvaluationException.class)
                .hasMessageContaining("characters together");
    }

    @Test
    void aNameIsNotEmpty() {
        Template template = TestScope.template("{name}");
        Scope scope = TestScope.row("name", "");
        assertThatThrownBy(() -> template.render(scope))
                .isInstanceOf(EvaluationException.class)
                .hasMessage("the name is empty");
        assertThat(template.renderValue(scope)).isEqualTo(new Names.Known(List.of("")));
    }

    @Test
    void mapsAndNestedListsStandAsJson() {
        assertThat(names("{m}|{xs}", "m", Map.of("a", 1L), "xs", List.of(List.of(1L), "t")))
                .containsExactly("{\"a\":1}|[1]", "{\"a\":1}|t");
    }

    @Test
    void columnsAreThoseOfAllExpressions() {
        assertThat(TestScope.template("{a}:{b.c}:{row['D']}:{a}").columns()).containsExactlyInAnyOrder("a", "b", "D");
    }

    private static final Object[] ROW = {
        "id", 17L, "Order Id", 5L, "name", "jane", "price", new BigDecimal("9.90"), "flag", true
    };

    private static List<String> names(String source, @Nullable Object... row) {
        return switch (TestScope.template(source).render(TestScope.row(row))) {
            case Names.Known(List<String> all) -> all;
            case Names.NotKnown(String column) -> throw new AssertionError(column + " is not known");
        };
    }

    private static List<SyntaxProblem> problems(String source) {
        return switch (Template.compile(source)) {
            case Compiled.Ready<Template> ready -> throw new AssertionError(source + " has no problem");
            case Compiled.Refused<Template>(List<SyntaxProblem> problems) -> problems;
        };
    }
}
