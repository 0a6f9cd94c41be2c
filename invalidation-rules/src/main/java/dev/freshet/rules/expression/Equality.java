package dev.freshet.rules.expression;

import java.time.temporal.Temporal;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * When two values are the same: SQL's {@code is not distinct from}. Numbers by what they amount to, a UUID or a date also with
 * its text. Values of different kinds differ, as members of JSON values may.
 */
final class Equality {
    private Equality() {}

    static boolean same(@Nullable Object left, @Nullable Object right) {
        return same(left, right, 0);
    }

    static boolean contains(Iterable<?> elements, @Nullable Object value) {
        for (Object element : elements) {
            if (same(element, value)) {
                return true;
            }
        }
        return false;
    }

    private static boolean same(@Nullable Object left, @Nullable Object right, int depth) {
        if (left == null || right == null) {
            return left == null && right == null;
        }
        if (left instanceof Number && right instanceof Number) {
            return Order.ofNumbers(left, right) == 0;
        }
        if (left instanceof List<?> l && right instanceof List<?> r) {
            return sameElements(l, r, JsonForm.deeper(depth));
        }
        if (left instanceof Map<?, ?> l && right instanceof Map<?, ?> r) {
            return sameMembers(l, r, JsonForm.deeper(depth));
        }
        if (left instanceof String text && !(right instanceof String)) {
            return sameAsText(right, text);
        }
        if (right instanceof String text && !(left instanceof String)) {
            return sameAsText(left, text);
        }
        return left.equals(right);
    }

    private static boolean sameAsText(Object value, String text) {
        if (value instanceof UUID uuid) {
            return uuid.toString().equalsIgnoreCase(text);
        }
        return value instanceof Temporal temporal
                && Temporals.parse(text, temporal).filter(value::equals).isPresent();
    }

    private static boolean sameElements(List<?> left, List<?> right, int depth) {
        if (left.size() != right.size()) {
            return false;
        }
        Iterator<?> others = right.iterator();
        for (Object element : left) {
            if (!same(element, others.next(), depth)) {
                return false;
            }
        }
        return true;
    }

    private static boolean sameMembers(Map<?, ?> left, Map<?, ?> right, int depth) {
        if (left.size() != right.size()) {
            return false;
        }
        for (Map.Entry<?, ?> member : left.entrySet()) {
            if (!right.containsKey(member.getKey()) || !same(member.getValue(), right.get(member.getKey()), depth)) {
                return false;
            }
        }
        return true;
    }
}
