package dev.freshet.plan;

import dev.freshet.change.Row;
import dev.freshet.change.TableId;
import dev.freshet.rules.expression.Expression;
import dev.freshet.rules.expression.Scope;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A row with the extra names that a rule gives the rows of its table. */
record NamedRow(TableId table, Row row, Map<String, Expression> names) implements Row {
    static Scope scope(TableId table, Row row, Map<String, Expression> names) {
        return new Scope(table, names.isEmpty() ? row : new NamedRow(table, row, names));
    }

    @Override
    public @Nullable Object get(String column) {
        Expression named = names.get(column);
        return named == null ? row.get(column) : named.evaluate(new Scope(table, row));
    }

    /** The table's own; extra names are no columns. */
    @Override
    public List<String> columns() {
        return row.columns();
    }
}
