package dev.freshet.rules.expression;

import dev.freshet.change.Unknown;
import java.util.Comparator;

/** Why an expression is not known. */
final class Unsent {
    private Unsent() {}

    /** The first column by name that it reads and that was not sent; where there is none, the expression itself. */
    static String column(Expression expression, Scope scope) {
        return expression.columns().stream()
                .filter(column -> scope.row().get(column) == Unknown.VALUE)
                .min(Comparator.naturalOrder())
                .orElse(expression.source());
    }
}
