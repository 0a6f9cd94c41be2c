package dev.freshet.connector.envelope;

import dev.freshet.rules.expression.EvaluationException;
import org.jspecify.annotations.Nullable;

/**
 * One column of a row image.
 *
 * @param name as in the catalogue
 * @param reader of its type
 */
public record Column(String name, ColumnReader reader) {
    /** @throws EvaluationException where the value cannot be read, with the column and the reason; no row value is in it */
    @Nullable
    Object read(@Nullable Object sent) {
        try {
            return sent == null ? null : reader.read(sent);
        } catch (UnreadableException e) {
            throw unreadable(e.getMessage());
        } catch (RuntimeException e) {
            // The library's message would show the value.
            throw unreadable("it has a form that is not known (" + e.getClass().getSimpleName() + ")");
        }
    }

    private EvaluationException unreadable(@Nullable String reason) {
        return new EvaluationException("column '" + name + "' cannot be read: " + reason);
    }
}
