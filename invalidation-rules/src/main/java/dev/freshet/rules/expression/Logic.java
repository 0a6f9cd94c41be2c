package dev.freshet.rules.expression;

import dev.freshet.change.Unknown;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The operators that do not simply pass NULL on.
 *
 * <p>Truth has four values: true, false, NULL and not known. A value that is not known may turn out to be any of the other
 * three, so it gives way only where all three lead to the same result.
 */
sealed interface Logic extends Node {
    record And(Node left, Node right) implements Logic {
        @Override
        public @Nullable Object value(Scope scope, @Nullable Object element) {
            Object l = truth(left.value(scope, element), "&&");
            if (Boolean.FALSE.equals(l)) {
                return l;
            }
            Object r = truth(right.value(scope, element), "&&");
            return Boolean.FALSE.equals(r) ? r : undecided(l, r);
        }
    }

    record Or(Node left, Node right) implements Logic {
        @Override
        public @Nullable Object value(Scope scope, @Nullable Object element) {
            Object l = truth(left.value(scope, element), "||");
            if (Boolean.TRUE.equals(l)) {
                return l;
            }
            Object r = truth(right.value(scope, element), "||");
            return Boolean.TRUE.equals(r) ? r : undecided(l, r);
        }
    }

    /** NULL where the condition is: no branch is taken on what is not there. */
    record Conditional(Node condition, Node then, Node otherwise) implements Logic {
        @Override
        public @Nullable Object value(Scope scope, @Nullable Object element) {
            Object taken = truth(condition.value(scope, element), "?");
            if (taken instanceof Boolean yes) {
                return (yes ? then : otherwise).value(scope, element);
            }
            return taken;
        }
    }

    /** {@code ==} and, where {@code negated}, {@code !=}: NULL equals NULL and nothing else. */
    record Equal(Node left, Node right, boolean negated) implements Logic {
        @Override
        public Object value(Scope scope, @Nullable Object element) {
            Object l = left.value(scope, element);
            Object r = right.value(scope, element);
            if (l == Unknown.VALUE || r == Unknown.VALUE) {
                return Unknown.VALUE;
            }
            return Equality.same(l, r) != negated;
        }
    }

    /** {@code has(x.member)}: whether it is there, be it NULL; what is NULL itself has no members. */
    record Has(Node operand, String member) implements Logic {
        @Override
        public Object value(Scope scope, @Nullable Object element) {
            Object x = operand.value(scope, element);
            if (x == null) {
                return false;
            }
            if (x == Unknown.VALUE) {
                return x;
            }
            if (x instanceof Map<?, ?> map) {
                return map.containsKey(member);
            }
            throw new EvaluationException("has() asks for a member of " + Kinds.name(x) + "; only maps have members");
        }
    }

    /** {@code value} itself. */
    static @Nullable Object truth(@Nullable Object value, String operator) {
        if (value == null || value == Unknown.VALUE || value instanceof Boolean) {
            return value;
        }
        throw new EvaluationException("'" + operator + "' takes a condition, not " + Kinds.name(value));
    }

    /** The result where neither side decides alone. */
    private static @Nullable Object undecided(@Nullable Object left, @Nullable Object right) {
        if (left == Unknown.VALUE || right == Unknown.VALUE) {
            return Unknown.VALUE;
        }
        return left == null ? null : right;
    }
}
