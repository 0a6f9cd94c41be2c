package dev.freshet.rules.expression;

import dev.freshet.change.Row;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a query found, as entries hold it: with the forms that {@link ValueShape} gives the values of a changed row. */
public final class FoundRows {
    private FoundRows() {}

    /** A row as an object, its columns in the query's order. */
    public static JsonValue object(Row row) {
        return new JsonDocument(JsonForm.writable(fieldsOf(row)));
    }

    /** Rows as a list of objects. */
    public static JsonValue array(List<? extends Row> rows) {
        return new JsonDocument(
                JsonForm.writable(rows.stream().map(FoundRows::fieldsOf).toList()));
    }

    /** A row as the fields of a hash: NULL left out. */
    public static Map<String, String> fields(Row row) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String column : row.columns()) {
            String text = text(row.get(column));
            if (text != null) {
                fields.put(column, text);
            }
        }
        return Collections.unmodifiableMap(fields);
    }

    /** A value as text; null for NULL. */
    public static @Nullable String text(@Nullable Object value) {
        return value == null ? null : TextForm.of(value);
    }

    private static JsonFields fieldsOf(Row row) {
        return ShapeValue.columns(row.columns(), row);
    }
}
