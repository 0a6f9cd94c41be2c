package dev.freshet.rules.expression;

import java.util.Optional;
import java.util.Set;

/** What the operators make of two kinds of values, as {@link Arithmetic}, {@link Order} and {@link Equality} do of values. */
final class KindPairs {
    private KindPairs() {}

    interface Pair {
        boolean works(ValueKind left, ValueKind right);
    }

    static boolean canBeSame(ValueKind left, ValueKind right) {
        return left == right
                || (left.isNumber() && right.isNumber())
                || (left == ValueKind.TEXT && isAlsoText(right))
                || (right == ValueKind.TEXT && isAlsoText(left));
    }

    private static boolean isAlsoText(ValueKind kind) {
        return kind == ValueKind.UUID || kind.isTime();
    }

    static boolean haveOrder(ValueKind left, ValueKind right) {
        return switch (left) {
            case INTEGER, DECIMAL, DOUBLE -> right.isNumber();
            case TEXT -> right == ValueKind.TEXT || right.isTime();
            case BOOLEAN, UUID -> right == left;
            case DATE, TIME, LOCAL_TIMESTAMP, TIMESTAMP -> right == left || right == ValueKind.TEXT;
            case BYTES, LIST, MAP -> false;
        };
    }

    /** Whether no two of the kinds work with each other. */
    static boolean none(Set<ValueKind> left, Set<ValueKind> right, Pair pair) {
        return !left.isEmpty()
                && !right.isEmpty()
                && left.stream().noneMatch(l -> right.stream().anyMatch(r -> pair.works(l, r)));
    }

    /** What {@link Arithmetic} makes of two values; empty where it makes nothing of them. */
    static Optional<ValueKind> sum(String symbol, ValueKind left, ValueKind right) {
        if (symbol.equals("+") && left == right && (left == ValueKind.TEXT || left == ValueKind.LIST)) {
            return Optional.of(left);
        }
        if (!left.isNumber() || !right.isNumber()) {
            return Optional.empty();
        }
        if (left == ValueKind.INTEGER && right == ValueKind.INTEGER) {
            return Optional.of(ValueKind.INTEGER);
        }
        boolean decimal = left == ValueKind.DECIMAL || right == ValueKind.DECIMAL;
        if (symbol.equals("%") || (symbol.equals("/") && decimal)) {
            return Optional.empty();
        }
        boolean real = left == ValueKind.DOUBLE || right == ValueKind.DOUBLE;
        return Optional.of(real ? ValueKind.DOUBLE : ValueKind.DECIMAL);
    }
}
