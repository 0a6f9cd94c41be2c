package dev.freshet.rules.expression;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.change.Unknown;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Truth has four values here: true (T), false (F), NULL (N) and not known (U). */
class NullLogicTest {
    @ParameterizedTest
    @CsvSource({
        "T,T,T", "T,F,F", "T,N,N", "T,U,U",
        "F,T,F", "F,F,F", "F,N,F", "F,U,F",
        "N,T,N", "N,F,F", "N,N,N", "N,U,U",
        "U,T,U", "U,F,F", "U,N,U", "U,U,U"
    })
    void andIsFalseWhereEitherSideIs(String left, String right, String result) {
        assertThat(evaluate("a && b", left, right)).isEqualTo(truth(result));
    }

    @ParameterizedTest
    @CsvSource({
        "T,T,T", "T,F,T", "T,N,T", "T,U,T",
        "F,T,T", "F,F,F", "F,N,N", "F,U,U",
        "N,T,T", "N,F,N", "N,N,N", "N,U,U",
        "U,T,T", "U,F,U", "U,N,U", "U,U,U"
    })
    void orIsTrueWhereEitherSideIs(String left, String right, String result) {
        assertThat(evaluate("a || b", left, right)).isEqualTo(truth(result));
    }

    @ParameterizedTest
    @CsvSource({"T,F", "F,T", "N,N", "U,U"})
    void notTurnsOnlyWhatIsThere(String operand, String result) {
        assertThat(evaluate("!a", operand, "T")).isEqualTo(truth(result));
    }

    @ParameterizedTest
    @CsvSource({"T,T,T", "T,F,F", "T,N,F", "N,T,F", "N,N,T", "U,T,U", "U,N,U", "N,U,U", "U,U,U"})
    void equalityTakesNullForAValue(String left, String right, String result) {
        assertThat(evaluate("a == b", left, right)).isEqualTo(truth(result));
        assertThat(evaluate("!(a != b)", left, right)).isEqualTo(truth(result));
    }

    @ParameterizedTest
    @CsvSource({"T,yes", "F,no"})
    void aConditionTakesOneBranch(String condition, String result) {
        assertThat(evaluate("a ? 'yes' : 'no'", condition, "T")).isEqualTo(result);
    }

    @ParameterizedTest
    @CsvSource({"N", "U"})
    void noBranchIsTakenOnWhatIsNotThere(String condition) {
        assertThat(evaluate("a ? 'yes' : 'no'", condition, "T")).isEqualTo(truth(condition));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "n + 1",
                "1 + n",
                "n - 1",
                "n * 2",
                "n / 2",
                "n % 2",
                "-n",
                "!n",
                "n < 1",
                "1 <= n",
                "n > 1",
                "n >= 1",
                "n in [1]",
                "1 in n",
                "n.x",
                "n[0]",
                "n + 'text'",
                "n.startsWith('a')",
                "'a'.endsWith(n)",
                "n.contains('a')",
                "n.matches('a')",
                "size(n)",
                "int(n)",
                "double(n)",
                "string(n)",
                "text(n)",
                "lower(n)",
                "upper(n)",
                "trim(n)",
                "slug(n)",
                "date(n, 'yyyy')",
                "hash(n)",
                "shard(n, 4)",
                "shard('a', n)",
                "mask(n)",
                "json(n)",
                "n.exists(x, true)",
                "n.all(x, true)",
                "n.exists_one(x, true)",
                "n.map(x, x)",
                "n.filter(x, true)",
                "n.x.y.z",
                "n < 1 ? 1 : 2",
                "null < 1",
                "text(null)"
            })
    void everythingElseOfNullIsNull(String source) {
        assertThat(TestScope.evaluate(source, "n", null)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "u",
                "u + 1",
                "1 + u",
                "-u",
                "!u",
                "u < 1",
                "u == null",
                "u != u",
                "u in [1]",
                "1 in u",
                "[1, u]",
                "{'a': u}",
                "u.x",
                "u[0]",
                "has(u.x)",
                "lower(u)",
                "shard('a', u)",
                "u.exists(x, true)",
                "u.map(x, x)",
                "[1].map(x, u)",
                "[1].filter(x, u)",
                "u ? 1 : 2",
                "u > 1 ? 1 : 2",
                "size(u) > 0 && true",
                "row.u",
                "row['u']"
            })
    void whatHangsOnAValueThatWasNotSentIsNotKnown(String source) {
        assertThat(TestScope.evaluate(source, "u", Unknown.VALUE)).isEqualTo(Unknown.VALUE);
    }

    @ParameterizedTest
    @CsvSource({
        "u > 1 && false,F",
        "false && u > 1,F",
        "u > 1 || true,T",
        "true || u,T",
        "null < u,N",
        "u + null,N",
        "true ? true : u,T",
        "'[u, 1].exists(x, x == 1) || true',T",
        "'[true, false].all(x, x && u)',F",
        "'[true, false].exists(x, x || u)',T"
    })
    void aValueThatWasNotSentCountsForNothingWhereTheRestDecides(String source, String result) {
        assertThat(TestScope.evaluate(source, "u", Unknown.VALUE)).isEqualTo(truth(result));
    }

    @ParameterizedTest
    @CsvSource({
        "exists,'[]',F",
        "exists,'[false, false]',F",
        "exists,'[false, null]',N",
        "exists,'[null, true]',T",
        "all,'[]',T",
        "all,'[true, true]',T",
        "all,'[true, null]',N",
        "all,'[null, false]',F",
        "exists_one,'[]',F",
        "exists_one,'[true, false]',T",
        "exists_one,'[true, true]',F",
        "exists_one,'[true, null]',N",
        "exists_one,'[true, null, true]',F"
    })
    void loopsFollowTheSameLogic(String loop, String list, String result) {
        assertThat(TestScope.evaluate(list + "." + loop + "(x, x)")).isEqualTo(truth(result));
    }

    private static @Nullable Object evaluate(String source, String left, String right) {
        return TestScope.evaluate(source, "a", truth(left), "b", truth(right));
    }

    private static @Nullable Object truth(String letter) {
        return switch (letter) {
            case "T" -> true;
            case "F" -> false;
            case "N" -> null;
            case "U" -> Unknown.VALUE;
            default -> throw new IllegalArgumentException(letter);
        };
    }
}
