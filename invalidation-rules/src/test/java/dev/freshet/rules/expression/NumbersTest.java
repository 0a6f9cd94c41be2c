package dev.freshet.rules.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumbersTest {
    private static final long AS_DOUBLE_IT_WOULD_ROUND = 9_007_199_254_740_993L;

    @ParameterizedTest
    @CsvSource({
        "i + 1,8",
        "i - 10,-3",
        "i * 3,21",
        "i / 2,3",
        "-i / 2,-3",
        "i % 4,3",
        "-i % 4,-3",
        "-i,-7",
        "--i,7",
        "0x1F,31",
        "2 + 3 * 4,14",
        "-9223372036854775808,-9223372036854775808"
    })
    void integersGiveIntegers(String source, long result) {
        assertThat(evaluate(source)).isEqualTo(result);
    }

    @ParameterizedTest
    @CsvSource({
        "d + 1,11.50",
        "d - 0.25,10.25",
        "d * d,110.2500",
        "d * 2,21.00",
        "-d,-10.50",
        "1.10,1.10",
        "-1.50 + 0.5,-1.00",
        "0.1 + 0.2,0.3",
        "i * 1.5,10.5",
        "12345678901234567890.12 + 0,12345678901234567890.12"
    })
    void decimalsStayExactAndKeepTheirScale(String source, BigDecimal result) {
        assertThat(evaluate(source)).isEqualTo(result);
    }

    @ParameterizedTest
    @CsvSource({
        "r + 1,1.5",
        "r * d,5.25",
        "d - r,10.0",
        "i / 2.0,3.5",
        "r / 2,0.25",
        "1 / r,2.0",
        "double(d) / 2,5.25",
        "1e3,1000",
        "-r,-0.5",
        "double(i) / double(d),0.6666666666666666"
    })
    void anythingWithADoubleIsADouble(String source, double result) {
        assertThat(evaluate(source)).isEqualTo(result);
    }

    @Test
    void kindsOfNumbersComparePairwise() {
        List<Object> sevens = List.of(7L, new BigDecimal("7.00"), 7.0);
        List<Object> eights = List.of(8L, new BigDecimal("8"), 8.0);
        for (Object seven : sevens) {
            for (Object eight : eights) {
                assertThat(TestScope.evaluate("a < b && b > a && a != b && !(a == b)", "a", seven, "b", eight))
                        .isEqualTo(true);
            }
            for (Object other : sevens) {
                assertThat(TestScope.evaluate("a == b && a <= b && a >= b && !(a < b)", "a", seven, "b", other))
                        .isEqualTo(true);
            }
        }
    }

    @Test
    void comparisonRoundsNeitherIntegersNorDecimals() {
        long next = AS_DOUBLE_IT_WOULD_ROUND;
        assertThat(TestScope.evaluate("a == b", "a", next, "b", (double) next)).isEqualTo(false);
        assertThat(TestScope.evaluate("a > b", "a", next, "b", (double) next)).isEqualTo(true);
        assertThat(TestScope.evaluate("a == b", "a", Long.MAX_VALUE, "b", (double) Long.MAX_VALUE))
                .isEqualTo(false);
        assertThat(TestScope.evaluate("a == 9.99", "a", new BigDecimal("9.990000000000000001")))
                .isEqualTo(false);
    }

    @Test
    void aLiteralEqualsTheDecimalAndTheDoubleThatReadTheSame() {
        assertThat(TestScope.evaluate("a == 9.99", "a", new BigDecimal("9.990")))
                .isEqualTo(true);
        assertThat(TestScope.evaluate("a == 9.99", "a", 9.99)).isEqualTo(true);
    }

    @Test
    void doublesAreOrderedAsInPostgres() {
        List<Double> ascending =
                List.of(Double.NEGATIVE_INFINITY, -1e300, -0.5, 0.0, 0.5, 1e300, Double.POSITIVE_INFINITY, Double.NaN);
        for (int i = 0; i < ascending.size(); i++) {
            for (int j = 0; j < ascending.size(); j++) {
                Object[] pair = {"a", ascending.get(i), "b", ascending.get(j)};
                assertThat(TestScope.evaluate("a < b", pair)).isEqualTo(i < j);
                assertThat(TestScope.evaluate("a == b", pair)).isEqualTo(i == j);
            }
        }
        assertThat(TestScope.evaluate("a > 5 && b < 5", "a", Double.NaN, "b", Double.NEGATIVE_INFINITY))
                .isEqualTo(true);
        assertThat(TestScope.evaluate("a == b", "a", 0.0, "b", -0.0)).isEqualTo(true);
    }

    @ParameterizedTest
    @CsvSource({
        "max + 1,overflow",
        "min - 1,overflow",
        "max * 2,overflow",
        "min / minus,overflow",
        "-min,overflow",
        "i / zero,division by zero",
        "i % zero,division by zero",
        "r / zero,division by zero",
        "big * big,overflow",
        "big + text(1),text",
        "d / i,decimals are not divided",
        "i / d,decimals are not divided",
        "d / 2.0,decimals are not divided",
        "r / d,decimals are not divided",
        "d % i,takes integers",
        "r % i,takes integers",
        "i + true,takes numbers",
        "int(big),overflow",
        "int(nan),overflow",
        "double(huge),overflow",
        "huge * huge,overflow"
    })
    void whatHasNoResultIsAnErrorThatShowsNoValue(String source, String reason) {
        assertThatThrownBy(() -> evaluate(source))
                .isInstanceOf(EvaluationException.class)
                .hasMessageContaining(reason)
                .hasMessageNotContainingAny(
                        String.valueOf(Long.MAX_VALUE), String.valueOf(Long.MIN_VALUE), "10.5", "1.0E308");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e999999999", "1e-999999999"})
    void aShortTextOfAHugeNumberFillsNoMemory(String number) {
        Object decimal = new BigDecimal(number);
        for (String source : List.of("a + 1", "a * 1", "a == 1e3", "int(a)", "text(a)", "1 - a")) {
            assertThatThrownBy(() -> TestScope.evaluate(source, "a", decimal))
                    .isInstanceOf(EvaluationException.class)
                    .hasMessageContaining("overflow");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "int(d),10",
        "int(-d),-10",
        "int(r),0",
        "int('-12'),-12",
        "int(i),7",
        "int(1e18),1000000000000000000",
        "int(1.99),1",
        "size('😀'),1"
    })
    void intCutsFractionsOff(String source, long result) {
        assertThat(evaluate(source)).isEqualTo(result);
    }

    private static @Nullable Object evaluate(String source) {
        List<Object> row = new ArrayList<>();
        row.addAll(List.of("i", 7L, "d", new BigDecimal("10.50"), "r", 0.5, "zero", 0L, "minus", -1L));
        row.addAll(List.of("max", Long.MAX_VALUE, "min", Long.MIN_VALUE, "big", 1e308));
        row.addAll(List.of("nan", Double.NaN, "huge", new BigDecimal("1e100000")));
        return TestScope.evaluate(source, row.toArray());
    }
}
