package dev.freshet.rules.expression;

import dev.freshet.rules.catalog.Catalog;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The columns that an expression over rows of one table may read, the names that a rule gives for it included.
 *
 * @param table empty: none is known
 */
record KnownColumns(Optional<Catalog.Table> table, Map<String, Expression> names) implements Typing.Columns {
    @Override
    public Set<ValueKind> kinds(String column) {
        Expression named = names.get(column);
        return named == null ? ofTable(column) : Typing.kinds(named.source(), this::ofTable);
    }

    private Set<ValueKind> ofTable(String column) {
        return table.flatMap(known -> known.column(column)).map(ValueKind::of).orElse(ValueKind.ANY);
    }
}
