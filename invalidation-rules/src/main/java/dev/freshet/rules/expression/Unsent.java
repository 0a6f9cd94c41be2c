package dev.freshet.rules.expression;

import dev.freshet.change.Row;
import dev.freshet.change.Unknown;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** Why an expression is not known. */
final class Unsent {
    private Unsent() {}

    /** The first column by name that it reads and that was not sent; where there is none, the expression itself. */
    static String column(Expression expression, Scope scope) {
        Event event = scope.event();
        return expression.columns().stream()
                .filter(column -> isUnsent(column, scope.row())
                        || (event != null && (isUnsent(column, event.before()) || isUnsent(column, event.after()))))
                .min(Comparator.naturalOrder())
                .orElse(expression.source());
    }

    private static boolean isUnsent(String column, @Nullable Row row) {
        return row != null && row.get(column) == Unknown.VALUE;
    }
}
