package dev.freshet.change;

/**
 * The identity of a row: what a cache entry remembers as its owner.
 *
 * @param table the row's table
 * @param key the primary key's values as text, comma between the parts; never empty
 */
public record RowId(TableId table, String key) {
    /** {@code schema.table/key}. */
    @Override
    public String toString() {
        return table + "/" + key;
    }
}
