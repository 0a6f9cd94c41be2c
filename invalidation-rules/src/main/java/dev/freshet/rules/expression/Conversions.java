package dev.freshet.rules.expression;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Functions from one kind of value to another. */
final class Conversions {
    private Conversions() {}

    /** Fractions are cut off, as in CEL. */
    static Object toInt(Object value) {
        return switch (value) {
            case Long whole -> whole;
            case BigDecimal decimal -> cut(Decimals.bounded(decimal));
            case Double real when Double.isFinite(real) -> cut(new BigDecimal(real));
            case Double ignored -> throw new EvaluationException("overflow in int()");
            case String text -> parseInt(text);
            default -> throw wrongKind("int", value);
        };
    }

    static Object toDouble(Object value) {
        return switch (value) {
            case Long whole -> whole.doubleValue();
            case Double real -> real;
            case BigDecimal decimal -> inRange(decimal.doubleValue());
            case String text -> parseDouble(text);
            default -> throw wrongKind("double", value);
        };
    }

    /** Text by its characters, a list or a map by its elements, bytes by themselves. */
    static Object size(Object value) {
        return switch (value) {
            case String text -> (long) text.codePointCount(0, text.length());
            case List<?> list -> (long) list.size();
            case Map<?, ?> map -> (long) map.size();
            case ByteBuffer bytes -> (long) bytes.remaining();
            default -> throw wrongKind("size", value);
        };
    }

    static @Nullable Object fromJson(Object value) {
        return value instanceof String text ? JsonText.parse(text) : value;
    }

    static String text(String function, Object value) {
        if (value instanceof String text) {
            return text;
        }
        throw new EvaluationException(
                function + "() takes text, not " + Kinds.name(value) + "; write text(x) for the text of x");
    }

    private static EvaluationException wrongKind(String function, Object value) {
        return new EvaluationException(function + "() cannot be taken of " + Kinds.name(value));
    }

    private static long cut(BigDecimal number) {
        try {
            return number.setScale(0, RoundingMode.DOWN).longValueExact();
        } catch (ArithmeticException e) {
            throw new EvaluationException("overflow in int()");
        }
    }

    private static long parseInt(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new EvaluationException("int() was given text that is no integer of 64 bits");
        }
    }

    private static double parseDouble(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new EvaluationException("double() was given text that is no number");
        }
    }

    private static double inRange(double real) {
        if (Double.isInfinite(real)) {
            throw new EvaluationException("overflow in double()");
        }
        return real;
    }
}
