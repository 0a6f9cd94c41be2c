package dev.freshet.rules.expression;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.temporal.Temporal;
import java.util.UUID;
import java.util.function.IntPredicate;

/**
 * {@code < <= > >=}. Numbers compare with numbers, NaN being equal to itself and above all others (as in PostgreSQL); text by
 * code point; dates and times also with their text.
 */
record Order(String symbol, IntPredicate holds) implements Node.StrictBinary {
    @Override
    public Object apply(Object left, Object right) {
        return holds.test(compare(left, right));
    }

    private int compare(Object left, Object right) {
        if (left instanceof Number && right instanceof Number) {
            return ofNumbers(left, right);
        }
        if (left instanceof String l && right instanceof Temporal r) {
            return compare(parse(l, r), r);
        }
        if (left instanceof Temporal l && right instanceof String r) {
            return compare(l, parse(r, l));
        }
        return switch (left) {
            case String l when right instanceof String r -> byCodePoint(l, r);
            case Boolean l when right instanceof Boolean r -> l.compareTo(r);
            case LocalDate l when right instanceof LocalDate r -> l.compareTo(r);
            case LocalTime l when right instanceof LocalTime r -> l.compareTo(r);
            case LocalDateTime l when right instanceof LocalDateTime r -> l.compareTo(r);
            case Instant l when right instanceof Instant r -> l.compareTo(r);
            // the order of its bytes, as databases have it; Java's own takes them for signed numbers
            case UUID l when right instanceof UUID r -> l.toString().compareTo(r.toString());
            default ->
                throw new EvaluationException(
                        "'" + symbol + "' has no order between " + Kinds.name(left) + " and " + Kinds.name(right));
        };
    }

    static int ofNumbers(Object left, Object right) {
        if (left instanceof Long l && right instanceof Long r) {
            return Long.compare(l, r);
        }
        if (left instanceof Double l && right instanceof Double r) {
            return l.doubleValue() == r.doubleValue() ? 0 : Double.compare(l, r);
        }
        if (left instanceof Double l && !Double.isFinite(l)) {
            return l == Double.NEGATIVE_INFINITY ? -1 : 1;
        }
        if (right instanceof Double r && !Double.isFinite(r)) {
            return r == Double.NEGATIVE_INFINITY ? 1 : -1;
        }
        return Decimals.of(left).compareTo(Decimals.of(right));
    }

    private Temporal parse(String text, Temporal like) {
        return Temporals.parse(text, like)
                .orElseThrow(() -> new EvaluationException(
                        "'" + symbol + "' compares " + Kinds.name(like) + " with text that is none in ISO-8601"));
    }

    private static int byCodePoint(String left, String right) {
        int length = Math.min(left.length(), right.length());
        for (int i = 0; i < length; i++) {
            char l = left.charAt(i);
            char r = right.charAt(i);
            if (l != r) {
                boolean beyond = Character.isSurrogate(l);
                return beyond == Character.isSurrogate(r) ? Character.compare(l, r) : beyond ? 1 : -1;
            }
        }
        return Integer.compare(left.length(), right.length());
    }
}
