package dev.freshet.connector.backfill;

import dev.freshet.change.Row;
import dev.freshet.change.RowId;
import dev.freshet.change.TableId;
import dev.freshet.connector.envelope.QueriedRow;
import dev.freshet.connector.envelope.RowNaming;
import dev.freshet.rules.catalog.Catalog;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Reads the next rows of a table in the order of its key. */
final class ChunkQuery {
    private static final int MOST_ROWS = 1_000;
    private static final long MOST_BYTES = 8 << 20;
    private static final int FETCHED = 64;

    private final Catalog.Table table;
    private final List<String> key;

    ChunkQuery(Catalog.Table table) {
        this.table = table;
        this.key = table.uniqueKeys().isEmpty() ? List.of() : table.uniqueKeys().getFirst();
    }

    boolean isPossible() {
        return !key.isEmpty();
    }

    Chunk read(Connection connection, Backfill of, String token) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(sql(connection, of))) {
            query.setFetchSize(FETCHED);
            int index = 1;
            for (String text : of.after()) {
                query.setString(index++, text);
            }
            try (ResultSet result = query.executeQuery()) {
                return read(result, token);
            }
        }
    }

    private Chunk read(ResultSet result, String token) throws SQLException {
        QueriedRow.Reader reader = QueriedRow.reader(result, key.size());
        RowNaming naming = RowNaming.of(
                table, table.columns().stream().map(Catalog.Column::name).toList());
        Map<RowId, Row> rows = new LinkedHashMap<>();
        List<String> last = List.of();
        long bytes = 0;
        while (rows.size() < MOST_ROWS && bytes < MOST_BYTES) {
            if (!result.next()) {
                return new Chunk(token, table.id(), rows, last, true);
            }
            QueriedRow row = reader.read();
            rows.put(naming.of(row), row);
            bytes += row.bytes();
            last = texts(result);
        }
        return new Chunk(token, table.id(), rows, last, false);
    }

    private List<String> texts(ResultSet result) throws SQLException {
        List<String> texts = new ArrayList<>();
        for (int i = 1; i <= key.size(); i++) {
            texts.add(result.getString(i));
        }
        return texts;
    }

    private String sql(Connection connection, Backfill of) throws SQLException {
        String keys = key.stream().map(ChunkQuery::quoted).collect(Collectors.joining(", "));
        List<String> conditions = new ArrayList<>();
        if (!of.where().isEmpty()) {
            conditions.add("(" + of.where().sql() + "\n)");
        }
        if (!of.after().isEmpty()) {
            Map<String, String> types = types(connection, table.id());
            conditions.add("(" + keys + ") > ("
                    + key.stream()
                            .map(column -> "?::text::" + types.get(column))
                            .collect(Collectors.joining(", ")) + ")");
        }
        return "select "
                + key.stream()
                        .map(column -> quoted(column) + "::text as " + quoted("text of " + column))
                        .collect(Collectors.joining(", "))
                + ", "
                + table.columns().stream().map(column -> quoted(column.name())).collect(Collectors.joining(", "))
                + " from " + quoted(table.id().schema()) + "."
                + quoted(table.id().name())
                + (conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions))
                + " order by " + keys + " limit " + MOST_ROWS;
    }

    private static Map<String, String> types(Connection connection, TableId table) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("""
                select a.attname, format_type(a.atttypid, a.atttypmod)
                from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
                where n.nspname = ? and c.relname = ? and a.attnum > 0 and not a.attisdropped
                """)) {
            query.setString(1, table.schema());
            query.setString(2, table.name());
            Map<String, String> types = new LinkedHashMap<>();
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    types.put(row.getString(1), row.getString(2));
                }
            }
            return Collections.unmodifiableMap(types);
        }
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
