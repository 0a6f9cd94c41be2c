package dev.freshet.rules.expression;

import java.util.Set;

/** What an expression is for, and so what it must come to. */
public enum Use {
    ANYTHING,
    CONDITION,
    SCORE,
    MOMENT;

    Set<ValueKind> kinds() {
        return switch (this) {
            case ANYTHING -> ValueKind.ANY;
            case CONDITION -> Set.of(ValueKind.BOOLEAN);
            case SCORE -> ValueKind.NUMBERS;
            case MOMENT -> Set.of(ValueKind.DATE, ValueKind.LOCAL_TIMESTAMP, ValueKind.TIMESTAMP);
        };
    }

    /** In words, for users. */
    String rule() {
        return switch (this) {
            case ANYTHING -> "anything will do";
            case CONDITION -> "a condition must be true or false";
            case SCORE -> "a score is a number";
            case MOMENT -> "a moment is a timestamp or a date";
        };
    }
}
