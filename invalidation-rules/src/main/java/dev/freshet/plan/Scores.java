package dev.freshet.plan;

import dev.freshet.rules.expression.EvaluationException;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Values as scores of sorted sets. */
final class Scores {
    private Scores() {}

    /** Null for NULL: there is no such member. */
    static @Nullable Double of(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case Long whole -> whole.doubleValue();
            case BigDecimal decimal -> decimal.doubleValue();
            case Double real when !real.isNaN() -> real;
            default -> throw new EvaluationException("a score is a number");
        };
    }
}
