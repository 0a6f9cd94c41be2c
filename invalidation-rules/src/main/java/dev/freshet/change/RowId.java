package dev.freshet.change;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

    /**
     * Reads {@link #of} back.
     *
     * @param columns how many the key has
     * @return empty where this is no such key
     */
    public Optional<List<String>> parts(int columns) {
        if (columns == 1) {
            return Optional.of(List.of(key));
        }
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        for (int i = 0; i < key.length(); i++) {
            char next = key.charAt(i);
            if (next == ',') {
                parts.add(part.toString());
                part.setLength(0);
            } else if (next == '\\' && i + 1 < key.length()) {
                i++;
                part.append(key.charAt(i));
            } else {
                part.append(next);
            }
        }
        parts.add(part.toString());
        return parts.size() == columns ? Optional.of(parts) : Optional.empty();
    }

    /** {@code schema.table/key}. */
    @Override
    public String toString() {
        return table + "/" + key;
    }
}
