package dev.freshet.rules.expression;

import dev.freshet.change.Row;
import dev.freshet.change.TableId;
import org.jspecify.annotations.Nullable;

/**
 * What an expression may see.
 *
 * @param table the row's table, {@code table} in an expression
 * @param row {@code row} in an expression, its columns under their own names
 * @param event null where expressions see one row alone
 */
public record Scope(TableId table, Row row, @Nullable Event event) {
    /** Without the event. */
    public Scope(TableId table, Row row) {
        this(table, row, null);
    }

    /** What a text of {@link View#EVENT} needs. */
    Event eventOrThrow() {
        if (event == null) {
            throw new IllegalStateException("an expression over an event was given a row alone");
        }
        return event;
    }
}
