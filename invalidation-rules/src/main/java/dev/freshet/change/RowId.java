package dev.freshet.change;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The identity of a row: what a cache entry remembers as its owner.
 *
 * @param table the row's table
 * @param key the values by which the row is known as text, comma between the parts; never empty
 */
public record RowId(TableId table, String key) {
    /** A row by the values of its key. A comma or backslash inside a part is written behind a backslash. */
    public static RowId of(TableId table, List<String> parts) {
        return new RowId(
                table,
                parts.size() == 1
                        ? parts.getFirst()
                        : parts.stream()
                                .map(part -> part.replace("\\", "\\\\").replace(",", "\\,"))
                                .collect(Collectors.joining(",")));
    }

    /** {@code schema.table/key}. */
    @Override
    public String toString() {
        return table + "/" + key;
    }
}
