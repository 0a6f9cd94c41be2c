package dev.freshet.sidecar.given;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.change.Row;
import dev.freshet.change.RowId;
import dev.freshet.change.TableId;
import dev.freshet.change.Unknown;
import dev.freshet.connector.envelope.TypedText;
import dev.freshet.rules.catalog.Catalog;
import dev.freshet.rules.expression.Spelling;
import dev.freshet.rules.yaml.Code;
import dev.freshet.rules.yaml.Node;
import dev.freshet.rules.yaml.Problems;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Rows of one table that stand in a YAML file. Where the table is known, each value is read as its column's type and columns
 * that are left out are NULL; where it is not, values are what JSON takes them for.
 */
public final class GivenRows {
    private static final String ARRAY = "[]";

    private final TableId id;
    private final Optional<Catalog.Table> table;
    private final Problems problems;

    public GivenRows(TableId id, Optional<Catalog.Table> table, Problems problems) {
        this.id = id;
        this.table = table;
        this.problems = problems;
    }

    /** Whose rows they are. */
    public TableId table() {
        return id;
    }

    /** A whole row; what is wrong in it is reported. */
    public GivenRow row(Node.Mapping map) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        table.ifPresent(known -> known.columns().forEach(column -> values.put(column.name(), null)));
        values.putAll(values(map));
        return new GivenRow(values);
    }

    /** A row with some columns in place of its own. */
    public GivenRow with(GivenRow row, Node.Mapping set) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>(row.values());
        values.putAll(values(set));
        return new GivenRow(values);
    }

    /** What a database sends of an old row: with another replica identity than FULL, only some columns. */
    public GivenRow sent(GivenRow old) {
        if (table.isPresent() && table.get().oldRow() instanceof Catalog.OldRow.Only(List<String> columns)) {
            Map<String, @Nullable Object> values = new LinkedHashMap<>(old.values());
            values.replaceAll((column, value) -> columns.contains(column) ? value : Unknown.VALUE);
            return new GivenRow(values);
        }
        return old;
    }

    /** By its key; of a table that is not known, by its first column. */
    public RowId id(GivenRow row) {
        List<String> columns = row.columns();
        List<String> key = table.map(Catalog.Table::rowKey)
                .filter(known -> !known.isEmpty() && columns.containsAll(known))
                .orElse(columns.isEmpty() ? List.of() : List.of(columns.getFirst()));
        return key.isEmpty()
                ? new RowId(id, "?")
                : RowId.of(
                        id,
                        key.stream()
                                .map(column -> String.valueOf(value(row, column)))
                                .toList());
    }

    private static @Nullable Object value(Row row, String column) {
        return row.get(column);
    }

    private Map<String, @Nullable Object> values(Node.Mapping map) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        map.members().forEach((name, node) -> {
            Optional<Catalog.Column> column = table.flatMap(known -> known.column(name));
            if (table.isPresent() && column.isEmpty()) {
                unknown(table.get(), name, node);
            } else {
                values.put(name, value(node, column.map(Catalog.Column::type)));
            }
        });
        return values;
    }

    private void unknown(Catalog.Table known, String name, Node node) {
        List<String> names = known.columns().stream().map(Catalog.Column::name).toList();
        problems.unknownName(
                node,
                Code.UNKNOWN_COLUMN,
                "table " + id + " has no column '" + name + "'",
                Spelling.nearest(name, names));
    }

    private @Nullable Object value(Node node, Optional<String> type) {
        if (type.isEmpty() || TypedText.isJson(type.get())) {
            return ofJson(WrittenJson.typed(node));
        }
        return switch (node) {
            case Node.Scalar scalar when WrittenJson.isNull(scalar) -> null;
            case Node.Scalar scalar
            when !type.get().endsWith(ARRAY) -> {
                Optional<Object> read = TypedText.read(type.get(), scalar.text());
                if (read.isEmpty()) {
                    refuse(node, type.get());
                }
                yield read.orElse(null);
            }
            case Node.Items items
            when type.get().endsWith(ARRAY) -> {
                String element = type.get().substring(0, type.get().length() - ARRAY.length());
                List<@Nullable Object> list = new ArrayList<>();
                items.nodes().forEach(item -> list.add(value(item, Optional.of(nested(item) ? type.get() : element))));
                yield Collections.unmodifiableList(list);
            }
            case Node.Mapping map when type.get().equals("hstore") -> ofJson(WrittenJson.texts(map));
            case Node.Scalar scalar -> refuse(node, type.get());
            case Node.Items items -> refuse(node, type.get());
            case Node.Mapping map -> refuse(node, type.get());
            case Node.Broken broken -> null;
        };
    }

    /** PostgreSQL has one type for arrays of any depth. */
    private static boolean nested(Node item) {
        return item instanceof Node.Items;
    }

    private @Nullable Object refuse(Node node, String type) {
        problems.atValue(node, Code.BAD_VALUE, "a column of type " + type + " does not hold this");
        return null;
    }

    private static @Nullable Object ofJson(JsonNode json) {
        if (json.isObject()) {
            Map<String, @Nullable Object> map = new LinkedHashMap<>();
            json.properties().forEach(member -> map.put(member.getKey(), ofJson(member.getValue())));
            return Collections.unmodifiableMap(map);
        }
        if (json.isArray()) {
            List<@Nullable Object> list = new ArrayList<>();
            json.forEach(item -> list.add(ofJson(item)));
            return Collections.unmodifiableList(list);
        }
        return json.isNull()
                ? null
                : json.isBoolean()
                        ? (Object) json.booleanValue()
                        : json.isIntegralNumber()
                                ? (Object) json.longValue()
                                : json.isNumber() ? json.decimalValue() : json.textValue();
    }
}
