package dev.freshet.rules.expression;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two expressions that differ in spaces alone are the same, unless the spaces are part of a text. */
class ExpressionSpacesTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                     id                       | id
                    `a+  b * \tc`             | a+b*c
                    f( a , b )                | f(a,b)
                    a   in [1, 2]             | a in[1,2]
                    a ? b : c                 | a?b:c
                    a + " x"                  | a+" x"
                    a + ' x "  y'             | a+' x "  y'
                    row["Order  Id"] + b      | row["Order  Id"]+b
                    a + "\\"  x" + b          | a+"\\"  x"+b
                    a + r"\\" + " y"          | a+r"\\"+" y"
                    a + \"\"\" x"  y\"\"\" + b | a+\"\"\" x"  y\"\"\"+b
                    """)
    void spacesOutsideOfQuotesMeanNothing(String written, String same) {
        assertThat(Expressions.withoutSpaces(written)).isEqualTo(same);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    `a // one`              | a
                    `a // one\n + b`        | a+b
                    `a//\n+ b // "two`       | a+b
                    `a // it's\nin // x\n b` | a in b
                    `"http://x" + b`        | `"http://x"+b`
                    a / b / c               | a/b/c
                    """)
    void commentsMeanNothing(String written, String same) {
        assertThat(Expressions.withoutSpaces(written)).isEqualTo(same);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    a + "x"    | a + " x"
                    "a  b"     | "a b"
                    row["a b"] | row["ab"]
                    a in b     | ainb
                    """)
    void whatMeansSomethingElseStaysApart(String one, String other) {
        assertThat(Expressions.withoutSpaces(one)).isNotEqualTo(Expressions.withoutSpaces(other));
    }
}
