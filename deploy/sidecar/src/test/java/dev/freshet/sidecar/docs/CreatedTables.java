package dev.freshet.sidecar.docs;

import dev.freshet.change.TableId;
import dev.freshet.rules.catalog.Catalog;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The tables that a page's {@code create table} statements make, each column on a line or behind a comma. */
final class CreatedTables {
    private static final Pattern TABLE = Pattern.compile("create table ([\\w.]+) \\((.*?)\\);", Pattern.DOTALL);
    private static final Pattern KEY = Pattern.compile("(?:primary key|unique) \\(([^)]*)\\)");
    private static final Pattern COLUMN =
            Pattern.compile("\"?(\\w[\\w ]*?)\"? ([a-z][\\w]*(?:\\[])?)(?:\\([0-9, ]+\\))?( primary key| unique)?");

    private CreatedTables() {}

    static Catalog in(String sql) {
        Map<TableId, Catalog.Table> tables = new HashMap<>();
        Matcher statement = TABLE.matcher(sql);
        while (statement.find()) {
            String name = statement.group(1);
            int dot = name.indexOf('.');
            TableId id = dot < 0
                    ? new TableId("public", name)
                    : new TableId(name.substring(0, dot), name.substring(dot + 1));
            tables.put(id, table(id, statement.group(2)));
        }
        return new Catalog(tables);
    }

    private static Catalog.Table table(TableId id, String body) {
        List<Catalog.Column> columns = new ArrayList<>();
        List<List<String>> keys = new ArrayList<>();
        Matcher key = KEY.matcher(body);
        while (key.find()) {
            keys.add(Stream.of(key.group(1).split(",")).map(String::strip).toList());
        }
        for (String part : KEY.matcher(body).replaceAll("").split(",(?![^(]*\\))")) {
            Matcher column = COLUMN.matcher(part.strip());
            if (column.matches()) {
                columns.add(column(column.group(1), column.group(2)));
                if (column.group(3) != null) {
                    keys.add(List.of(column.group(1)));
                }
            } else if (!part.isBlank()) {
                throw new IllegalArgumentException(id + ": not a column: " + part.strip());
            }
        }
        return new Catalog.Table(id, columns, keys, new Catalog.OldRow.Everything());
    }

    private static Catalog.Column column(String name, String type) {
        return switch (type) {
            case "bigint", "int" -> new Catalog.Column(name, "bigint", Catalog.Kind.INTEGER, false);
            case "numeric" -> new Catalog.Column(name, type, Catalog.Kind.DECIMAL, false);
            case "boolean" -> new Catalog.Column(name, type, Catalog.Kind.BOOLEAN, false);
            case "text" -> new Catalog.Column(name, type, Catalog.Kind.TEXT, true);
            case "uuid" -> new Catalog.Column(name, type, Catalog.Kind.UUID, false);
            case "timestamptz" -> new Catalog.Column(name, "timestamp with time zone", Catalog.Kind.OTHER, false);
            case "date", "jsonb", "text[]" -> new Catalog.Column(name, type, Catalog.Kind.OTHER, true);
            default -> throw new IllegalArgumentException("a type that no page uses yet: " + type);
        };
    }
}
