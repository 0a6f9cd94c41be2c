package dev.freshet.rules.expression;

import java.util.List;
import java.util.Set;

/**
 * The kinds of values that a function takes and gives.
 *
 * @param takes of each argument, the one before the dot included
 */
record Signature(List<Set<ValueKind>> takes, Set<ValueKind> gives) {
    static final Set<ValueKind> TEXT = Set.of(ValueKind.TEXT);

    /** Of anything to text. */
    static final Signature TO_TEXT = new Signature(List.of(ValueKind.ANY), TEXT);

    static Signature of(Set<ValueKind> takes, ValueKind gives) {
        return new Signature(List.of(takes), Set.of(gives));
    }

    static Signature of(Set<ValueKind> first, Set<ValueKind> second, ValueKind gives) {
        return new Signature(List.of(first, second), Set.of(gives));
    }
}
