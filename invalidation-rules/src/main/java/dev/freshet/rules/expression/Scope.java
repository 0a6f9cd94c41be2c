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
 * @param found a row that a query found for this one; null where there is none
 */
public record Scope(
        TableId table,
        Row row,
        @Nullable Event event,
        @Nullable Row found) {
    /** Without the event. */
    public Scope(TableId table, Row row) {
        this(table, row, null, null);
    }

    /** Without anything that a query found. */
    public Scope(TableId table, Row row, @Nullable Event event) {
        this(table, row, event, null);
    }

    /** The same with a row that a query found. */
    public Scope with(Row foundRow) {
        return new Scope(table, row, event, foundRow);
    }

    /** What a text of a {@link View} with a variable needs. */
    Row foundOrThrow() {
        if (found == null) {
            throw new IllegalStateException("an expression over what a query found was given nothing found");
        }
        return found;
    }

    /** What a text of {@link View#EVENT} needs. */
    Event eventOrThrow() {
        if (event == null) {
            throw new IllegalStateException("an expression over an event was given a row alone");
        }
        return event;
    }
}
