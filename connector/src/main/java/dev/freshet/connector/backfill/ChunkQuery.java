package dev.freshet.connector.backfill;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshet.change.Row;
import dev.freshet.change.RowId;
import dev.freshet.change.TableId;
import dev.freshet.connector.envelope.Fetching;
import dev.freshet.connector.envelope.QueriedRow;
import dev.freshet.connector.envelope.RowNaming;
import dev.freshet.rules.catalog.Catalog;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Reads the next rows of a table in the order of its key. */
final class ChunkQuery {
    private static final int MOST_ROWS = 1_000;
    private static final long MOST_BYTES = 8 << 20;
    private static final int WINDOW = 10_000;
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final Catalog.Table table;
    private final List<String> key;

    ChunkQuery(Catalog.Table table) {
        this.table = table;
        this.key = table.orderingKey();
    }

    boolean isPossible() {
        return !key.isEmpty();
    }

    /**
     * Reads them, unless that takes too long.
     *
     * @param isPatient whether rows are chosen among the next few by the key alone, which always ends; a condition that an index
     *     serves is faster without
     */
    Chunk read(Connection connection, Backfill of, String token, boolean isPatient) throws SQLException {
        try (Statement limit = connection.createStatement()) {
            limit.execute("set local statement_timeout = " + (isPatient ? LONGEST : SHORTEST).toMillis());
        }
        Map<String, String> types = types(connection, table.id());
        List<String> end = isPatient ? windowsEnd(connection, of, types) : List.of();
        String sql =
                "select " + columns() + " from " + name() + where(of, end, types) + order() + " limit " + MOST_ROWS;
        try (Statement query = connection.createStatement()) {
            Fetching fetching = new Fetching(query);
            try (ResultSet result = query.executeQuery(sql)) {
                return read(result, fetching, token, end);
            }
        }
    }

    /** The last key of the next few; empty where there are no more. */
    private List<String> windowsEnd(Connection connection, Backfill of, Map<String, String> types) throws SQLException {
        String sql = "select " + keyTexts() + " from " + name()
                + where(of.ofAllRows(), List.of(), types)
                + order() + " limit 1 offset " + (WINDOW - 1);
        try (Statement query = connection.createStatement();
                ResultSet result = query.executeQuery(sql)) {
            return result.next() ? texts(result) : List.of();
        }
    }

    private Chunk read(ResultSet result, Fetching fetching, String token, List<String> end) throws SQLException {
        QueriedRow.Reader reader = QueriedRow.reader(result, key.size());
        RowNaming naming = RowNaming.of(
                table, table.columns().stream().map(Catalog.Column::name).toList());
        Map<RowId, Row> rows = new LinkedHashMap<>();
        List<String> last = List.of();
        long bytes = 0;
        while (rows.size() < MOST_ROWS && bytes < MOST_BYTES) {
            if (!result.next()) {
                return new Chunk(token, table.id(), rows, end.isEmpty() ? last : end, end.isEmpty());
            }
            QueriedRow row = reader.read();
            rows.put(naming.of(row), row);
            bytes += row.bytes();
            fetching.read(result, row.bytes());
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

    /** Without parameters: a question mark in somebody's condition is an operator, and would be taken for one. */
    private String where(Backfill of, List<String> end, Map<String, String> types) {
        String keys = "(" + key.stream().map(ChunkQuery::quoted).collect(Collectors.joining(", ")) + ")";
        List<String> conditions = new ArrayList<>();
        if (!of.after().isEmpty()) {
            conditions.add(keys + " > " + literals(of.after(), types));
        }
        if (!end.isEmpty()) {
            conditions.add(keys + " <= " + literals(end, types));
        }
        if (!of.where().isEmpty()) {
            conditions.add("(" + of.where().sql() + "\n)");
        }
        return conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions);
    }

    /** As hexadecimal digits, which need no quoting whatever the server is set to. */
    private String literals(List<String> texts, Map<String, String> types) {
        List<String> literals = new ArrayList<>();
        for (int i = 0; i < key.size(); i++) {
            String hex = HexFormat.of().formatHex(texts.get(i).getBytes(UTF_8));
            literals.add("convert_from(decode('" + hex + "', 'hex'), 'UTF8')::" + types.get(key.get(i)));
        }
        return "(" + String.join(", ", literals) + ")";
    }

    private String columns() {
        return keyTexts() + ", "
                + table.columns().stream().map(column -> quoted(column.name())).collect(Collectors.joining(", "));
    }

    private String keyTexts() {
        return key.stream()
                .map(column -> quoted(column) + "::text as " + quoted("text of " + column))
                .collect(Collectors.joining(", "));
    }

    private String name() {
        return quoted(table.id().schema()) + "." + quoted(table.id().name());
    }

    private String order() {
        return " order by " + key.stream().map(ChunkQuery::quoted).collect(Collectors.joining(", "));
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
