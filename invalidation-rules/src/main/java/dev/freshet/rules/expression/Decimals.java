package dev.freshet.rules.expression;

import java.math.BigDecimal;

/** Exact numbers, kept to sizes that databases know, since {@code 1e999999999} is short to write and long to add to. */
final class Decimals {
    /** PostgreSQL's numeric has up to 131,072 digits before the point and 16,383 after it. */
    private static final int MAX_DIGITS = 150_000;

    private Decimals() {}

    static BigDecimal bounded(BigDecimal decimal) {
        if (decimal.precision() > MAX_DIGITS || decimal.scale() > MAX_DIGITS || decimal.scale() < -MAX_DIGITS) {
            throw new EvaluationException("overflow: a decimal has at most " + MAX_DIGITS + " digits");
        }
        return decimal;
    }

    /** All digits, scale as stored, no exponent. */
    static String text(BigDecimal decimal) {
        return bounded(decimal).toPlainString();
    }

    /**
     * The number that a double, an integer or a decimal stands for when it meets another kind. Integral doubles within 64 bits
     * are taken exactly; others as the shortest decimal that reads back as the same double, so that 0.1 equals 0.1. The order
     * of doubles is kept.
     */
    static BigDecimal of(Object number) {
        return switch (number) {
            case Long whole -> BigDecimal.valueOf(whole);
            case BigDecimal decimal -> bounded(decimal);
            case Double real
            when Math.abs(real) < 0x1p63 && real == real.longValue() -> BigDecimal.valueOf(real.longValue());
            case Double real -> BigDecimal.valueOf(real);
            default ->
                throw new IllegalStateException(
                        "no number: " + number.getClass().getName());
        };
    }
}
