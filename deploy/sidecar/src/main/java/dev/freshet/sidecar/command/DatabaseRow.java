package dev.freshet.sidecar.command;

import dev.freshet.change.Change;
import dev.freshet.change.RowId;
import dev.freshet.change.TableId;
import dev.freshet.connector.debezium.DatabaseUnreachableException;
import dev.freshet.connector.envelope.QueriedRow;
import dev.freshet.rules.catalog.Catalog;
import dev.freshet.sidecar.given.GivenChange;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The change of {@code --row schema.table/key --set column=value}. */
final class DatabaseRow {
    private DatabaseRow() {}

    static Change change(Preparation prepared, String named, Map<String, String> set) {
        int slash = named.indexOf('/');
        int dot = named.indexOf('.');
        if (dot <= 0 || slash <= dot + 1 || slash == named.length() - 1) {
            throw CommandFailedException.invalid(List.of("--row " + named
                    + ": write schema.table/key, such as public.product/3, and public.item/3,1 where the key"
                    + " has two columns"));
        }
        TableId id = new TableId(named.substring(0, dot), named.substring(dot + 1, slash));
        Catalog.Table table = table(prepared, id);
        for (String column : set.keySet()) {
            if (table.column(column).isEmpty()) {
                throw CommandFailedException.failed("table " + id + " has no column '" + column + "'; it has "
                        + String.join(
                                ", ",
                                table.columns().stream()
                                        .map(Catalog.Column::name)
                                        .toList()));
            }
        }
        String key = named.substring(slash + 1);
        RowId row = new RowId(id, key);
        QueriedRow read = read(prepared, table, key);
        if (set.isEmpty()) {
            return GivenChange.of(row, Optional.empty(), Optional.of(read));
        }
        Map<String, @Nullable Object> changed = new LinkedHashMap<>();
        set.forEach((column, text) -> changed.put(column, value(text)));
        return GivenChange.of(row, Optional.of(read), Optional.of(read.with(typed(prepared, table, changed))));
    }

    /** {@code null} is NULL, as it is to SQL; in double quotes it is the text. */
    private static @Nullable String value(String text) {
        return text.equals("null") ? null : text.equals("\"null\"") ? "null" : text;
    }

    /** A row by its first unique key, whose values a comma parts. */
    static QueriedRow read(Preparation prepared, TableId id, String key) {
        return read(prepared, table(prepared, id), key);
    }

    private static Catalog.Table table(Preparation prepared, TableId id) {
        return prepared.catalog()
                .table(id)
                .orElseThrow(() -> CommandFailedException.failed("the database has no table " + id));
    }

    private static QueriedRow read(Preparation prepared, Catalog.Table table, String key) {
        if (table.uniqueKeys().isEmpty()) {
            throw CommandFailedException.failed("table " + table.id() + " has no primary key to find a row by");
        }
        List<String> columns = table.uniqueKeys().getFirst();
        List<String> values = columns.size() == 1 ? List.of(key) : List.of(key.split(",", -1));
        if (values.size() != columns.size()) {
            throw CommandFailedException.invalid(List.of(table.id() + "/" + key + ": a row of this table is known by "
                    + String.join(" and ", columns) + "; write " + table.id() + "/"
                    + columns.stream().map(column -> "<" + column + ">").collect(Collectors.joining(","))));
        }
        try {
            return prepared.database()
                    .row(table, values)
                    .orElseThrow(() -> CommandFailedException.failed("no row " + table.id() + "/" + key));
        } catch (DatabaseUnreachableException e) {
            throw CommandFailedException.failed(String.valueOf(e.getMessage()));
        }
    }

    /** The database reads the texts as its columns' types would. */
    private static QueriedRow typed(Preparation prepared, Catalog.Table table, Map<String, @Nullable Object> texts) {
        try {
            return prepared.database().typed(table, texts);
        } catch (DatabaseUnreachableException e) {
            throw CommandFailedException.failed(String.valueOf(e.getMessage()));
        }
    }
}
