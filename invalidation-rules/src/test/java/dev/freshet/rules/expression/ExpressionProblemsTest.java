package dev.freshet.rules.expression;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressionProblemsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '^',
            value = {
                "lowr(name) == 'x'; 0; unknown function 'lowr'; lower",
                "'😀' + lowr(a); 7; unknown function 'lowr'; lower",
                "xs.exits(x, x); 3; unknown function 'exits'; exists",
                "frobnicate(x); 0; unknown function 'frobnicate';",
                "startsOver(x); 0; unknown function 'startsOver';",
                "mxx(x); 0; unknown function 'mxx';",
                "_x_(a); 0; unknown function '_x_';",
                "a = 1; 2; '=' is no operator; ==",
                "a and b; 2; 'and' is no operator; &&",
                "a OR b; 2; 'OR' is no operator; ||",
                "not a; 0; 'not' is no operator; !",
                "a & b; 2; '&' is no operator; &&",
                "a <> 'x'; 2; '<>' is no operator; !=",
                "a is null; 2; 'is' is no operator; ==",
                "package; 0; 'package' is a word of CEL; row[\"package\"]",
                "in; 0; 'in' is a word of CEL; row[\"in\"]",
                "größe; 0; a name with other characters than A-Z, a-z, 0-9 and _; row[\"größe\"]",
                "Order Id; 0; a name with other characters than A-Z, a-z, 0-9 and _; row[\"Order Id\"]",
                "a +; 3; the expression ends too early;",
                "(a; 2; missing ')';",
                "a); 1; ')' is not expected here;",
                "a == 'b; 5; a quoted text that is not closed, or holds a backslash that escapes nothing;",
                "a == 'b' 'c'; 9; ''' is not expected here;",
                "r'a\\'; 0; String literal contains unescaped terminating quote ';",
                "a.`b`; 2; '`' is not expected here;",
                "a.?b; 1; '.' is not expected here;",
                "9223372036854775808; 0; the number does not fit 64 bits;",
                "1e400; 0; the number does not fit 64 bits;",
                "2u; 0; numbers have no sign of their own here, leave the 'u' away;",
                "Foo{a: 1}; 3; there are no messages here, a map is written {\"name\": value};",
                "{a: 1}; 1; the name of a member is text, written out in quotes;",
                "{'a': 1, 'a': 2}; 9; 'a' stands here twice;",
                ".a; 1; a name does not begin with a dot;"
            })
    void aMistakeIsShownWhereItIsAndWithWhatWasMeant(
            String source, int offset, String message, @Nullable String suggestion) {
        // the table's semicolons are its delimiters
        assertThat(TestScope.problems(source)).first().satisfies(problem -> {
            assertThat(problem.offset()).isEqualTo(offset);
            assertThat(problem.message().replace(';', ',')).isEqualTo(message);
            assertThat(problem.suggestion()).isEqualTo(Optional.ofNullable(suggestion));
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "before.status != status | 0 | only 'when' and 'publish' see",
                "status != after.status | 10 | only 'when' and 'publish' see",
                "change | 0 | only 'when' and 'publish' see",
                "row | 0 | 'row' is an object",
                "text(table) | 5 | 'table' is an object",
                "row[name] | 4 | the name of a column, written out",
                "table.nme | 5 | schema and name",
                "name.lower() | 5 | 'lower' is written lower(x)",
                "startsWith(a, 'b') | 0 | 'startsWith' is written x.startsWith(y)",
                "lower (a, b) | 0 | 'lower' is written lower(x)",
                "size() | 0 | 'size' is written size(x)",
                "shard(a) | 0 | 'shard' is written shard(x, y)",
                "has(a) | 0 | has(x.y)",
                "has(row.a) | 0 | a column is always there",
                "all(xs, x, x) | 0 | list.all(x, x > 0)",
                "xs.map(1, 2) | 3 | list.map(x, x > 0)",
                "xs.map(row, 2) | 7 | cannot be the name of an element",
                "xs.exists(x, ys.exists(y, x == y)) | 16 | inside another loop",
                "a.matches(b) | 10 | written out",
                "a.matches('(') | 10 | missing closing )",
                "date(a, b) | 8 | written out",
                "date(a, 'yyyy-bb') | 8 | a form such as",
                "hmac(a) | 0 | needs a key",
                "a + encrypt(b) | 4 | in values only",
                "now() | 0 | no clock",
                "timestamp('2026-01-31') | 0 | no timestamps",
                "1 / 0 | 2 | division by zero",
                "a > 0 && 1.5 * 'x' == b | 13 | '*' takes numbers",
                "'a' + 1 | 4 | write text(x)"
            })
    void whatCannotWorkIsRefusedBeforeThereIsARow(String source, int offset, String message) {
        assertThat(TestScope.problems(source)).singleElement().satisfies(problem -> {
            assertThat(problem.offset()).isEqualTo(offset);
            assertThat(problem.message()).contains(message);
        });
    }

    @Test
    void allMistakesAreToldAtOnce() {
        assertThat(TestScope.problems("lowr(a) == before.b &&\n uper(c) == 'x'"))
                .extracting(SyntaxProblem::offset)
                .containsExactly(0, 11, 24);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n"})
    void nothingIsNoExpression(String source) {
        assertThat(TestScope.problems(source)).containsExactly(new SyntaxProblem(0, "there is no expression"));
    }

    @Test
    void columnsAreEverythingThatMayBeRead() {
        assertThat(TestScope.compile("a == null ? row.b : row['C d'] + lower(e.f) + table.name")
                        .columns())
                .containsExactlyInAnyOrder("a", "b", "C d", "e");
    }

    @Test
    void sameTextMeansTheSameExpression() {
        assertThat(TestScope.compile("a.matches('x')")).isEqualTo(TestScope.compile("a.matches('x')"));
        assertThat(TestScope.compile("a")).isNotEqualTo(TestScope.compile("b"));
    }
}
