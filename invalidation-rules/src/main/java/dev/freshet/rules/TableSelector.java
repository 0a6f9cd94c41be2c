package dev.freshet.rules;

import dev.freshet.change.TableId;
import dev.freshet.rules.expression.Expression;
import java.util.Map;

/**
 * Which tables, and what their rows are called besides their columns.
 *
 * @param schema a name or a glob ({@code *} any characters) over the schema
 * @param table a name or a glob over the table's name
 * @param names extra names, each an expression over the row of such a table
 */
public record TableSelector(String schema, String table, Map<String, Expression> names) {
    public boolean matches(TableId id) {
        return Glob.matches(schema, id.schema()) && Glob.matches(table, id.name());
    }

    /** Whether a table can match both. */
    public boolean overlaps(TableSelector other) {
        return Glob.overlap(schema, other.schema) && Glob.overlap(table, other.table);
    }

    /** Whether it names one table rather than a pattern. */
    public boolean isExact() {
        return schema.indexOf('*') < 0 && table.indexOf('*') < 0;
    }

    /** {@code schema.table}, globs as written. */
    @Override
    public String toString() {
        return schema + "." + table;
    }
}
