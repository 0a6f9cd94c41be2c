package dev.freshet.connector.debezium;

import dev.freshet.connector.envelope.QueriedRow;
import dev.freshet.rules.catalog.Catalog.Table;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads single rows by SQL, with the values that the log would have brought. */
final class RowQuery {
    private RowQuery() {}

    /** The row whose first unique key has these values, as texts. */
    static Optional<QueriedRow> byKey(Connection connection, Table table, List<String> key) throws SQLException {
        List<String> columns = table.uniqueKeys().getFirst();
        String where = columns.stream()
                .map(column -> Publication.quoted(column) + "::text = ?")
                .collect(Collectors.joining(" and "));
        String from = Publication.quoted(table.id().schema()) + "."
                + Publication.quoted(table.id().name());
        if (columns.size() != key.size()) {
            return Optional.empty();
        }
        String wanted = table.columns().stream()
                .map(column -> Publication.quoted(column.name()))
                .collect(Collectors.joining(", "));
        try (PreparedStatement query =
                connection.prepareStatement("select " + wanted + " from " + from + " where " + where)) {
            for (int i = 0; i < key.size(); i++) {
                query.setString(i + 1, key.get(i));
            }
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? Optional.of(QueriedRow.of(row)) : Optional.empty();
            }
        }
    }

    /** Texts as the columns' types read them. */
    static QueriedRow typed(Connection connection, Table table, Map<String, @Nullable Object> texts)
            throws SQLException {
        Map<String, String> types = types(connection, table);
        String casts = texts.keySet().stream()
                .map(name -> "?::text::" + types.get(name) + " as " + Publication.quoted(name))
                .collect(Collectors.joining(", "));
        try (PreparedStatement query = connection.prepareStatement("select " + casts)) {
            int index = 1;
            for (Object text : texts.values()) {
                query.setString(index++, text == null ? null : text.toString());
            }
            try (ResultSet row = query.executeQuery()) {
                row.next();
                return QueriedRow.of(row);
            }
        }
    }

    /** The columns' types with their lengths and scales, as casts name them. */
    private static Map<String, String> types(Connection connection, Table table) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("""
                select a.attname, format_type(a.atttypid, a.atttypmod)
                from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
                where n.nspname = ? and c.relname = ? and a.attnum > 0 and not a.attisdropped
                """)) {
            query.setString(1, table.id().schema());
            query.setString(2, table.id().name());
            Map<String, String> types = new HashMap<>();
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    types.put(row.getString(1), row.getString(2));
                }
            }
            return types;
        }
    }
}
