package dev.freshet.rules.catalog;

import dev.freshet.change.TableId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The tables that rules are checked against.
 *
 * @param tables every table that can be seen, by name
 */
public record Catalog(Map<TableId, Table> tables) {
    /** Nothing is known, so nothing is checked. */
    public static final Catalog NONE = new Catalog(Map.of());

    public Catalog {
        tables = Map.copyOf(tables);
    }

    public Optional<Table> table(TableId id) {
        return Optional.ofNullable(tables.get(id));
    }

    /**
     * One table.
     *
     * @param id its name
     * @param columns in the table's order
     * @param uniqueKeys column names of the primary key (first, if there is one) and of every other unique key; rows with
     *     a NULL in such a key may be many
     * @param oldRow which columns of an old row the database sends
     * @param orderingKey a unique key without NULLs, by which all rows can be read one after the other; empty where there is none
     */
    public record Table(
            TableId id, List<Column> columns, List<List<String>> uniqueKeys, OldRow oldRow, List<String> orderingKey) {
        /** Whose first unique key has no NULLs. */
        public Table(TableId id, List<Column> columns, List<List<String>> uniqueKeys, OldRow oldRow) {
            this(
                    id,
                    columns,
                    uniqueKeys,
                    oldRow,
                    uniqueKeys.stream().findFirst().orElse(List.of()));
        }

        public Optional<Column> column(String name) {
            return columns.stream().filter(column -> column.name().equals(name)).findFirst();
        }

        /** The columns by which a row is known before and after every change of it; empty: all of them together. */
        public List<String> rowKey() {
            return oldRow instanceof OldRow.Only(List<String> sent) && !sent.isEmpty()
                    ? sent
                    : uniqueKeys.stream().findFirst().orElse(List.of());
        }
    }

    /**
     * One column.
     *
     * @param name as in the catalogue
     * @param type the database's name of its type
     * @param kind what values it holds, as far as names are concerned
     * @param toastable whether an update may leave its value unsent
     */
    public record Column(String name, String type, Kind kind, boolean toastable) {}

    /** How a column's value looks inside a name. */
    public enum Kind {
        INTEGER,
        DECIMAL,
        BOOLEAN,
        UUID,
        TEXT,
        OTHER
    }

    /** Which columns of an old row the database sends (PostgreSQL's replica identity). */
    public sealed interface OldRow {
        record Everything() implements OldRow {}

        record Only(List<String> columns) implements OldRow {}
    }
}
