package dev.freshet.rules.catalog;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.change.TableId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A catalogue as JSON, for where there is no database to ask: {@code {"tables": [{"table": "public.product", "columns":
 * [{"name": "id", "type": "bigint", "kind": "integer", "toastable": false}], "keys": [["id"]], "old_row": ["id"]}]}}.
 * {@code old_row} is {@code "everything"} or a list of columns. Tables stand in the order of their names, so that a change
 * of one is a change of a few lines.
 */
public final class SchemaFile {
    /** How the file is called where nobody says otherwise, beside the rules. */
    public static final String NAME = "schema.json";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String EVERYTHING = "everything";

    private SchemaFile() {}

    /** The document, with a line break at its end. */
    public static String write(Catalog catalog) {
        ObjectNode root = JSON.createObjectNode();
        ArrayNode tables = root.putArray("tables");
        catalog.tables().values().stream()
                .sorted(Comparator.comparing(Catalog.Table::id))
                .forEach(table -> write(table, tables.addObject()));
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
        printer.indentArraysWith(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE);
        try {
            return JSON.writer(printer).writeValueAsString(root) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts and booleans are always JSON", e);
        }
    }

    private static void write(Catalog.Table table, ObjectNode out) {
        out.put("table", table.id().toString());
        ArrayNode columns = out.putArray("columns");
        for (Catalog.Column column : table.columns()) {
            columns.addObject()
                    .put("name", column.name())
                    .put("type", column.type())
                    .put("kind", text(column.kind()))
                    .put("toastable", column.toastable());
        }
        ArrayNode keys = out.putArray("keys");
        table.uniqueKeys().forEach(key -> key.forEach(keys.addArray()::add));
        switch (table.oldRow()) {
            case Catalog.OldRow.Everything() -> out.put("old_row", EVERYTHING);
            case Catalog.OldRow.Only(List<String> sent) -> sent.forEach(out.putArray("old_row")::add);
        }
    }

    /**
     * Reads {@link #write} back.
     *
     * @throws IOException where the file cannot be read
     * @throws NotASchemaException where it holds something else; the message says where and what is wanted
     */
    public static Catalog read(Path file) throws IOException, NotASchemaException {
        return read(file, Files.readString(file));
    }

    /**
     * The same for a document that stands in no file.
     *
     * @throws NotASchemaException as above
     */
    public static Catalog read(String document) throws NotASchemaException {
        return read(Path.of(NAME), document);
    }

    private static Catalog read(Path file, String document) throws NotASchemaException {
        JsonNode root;
        try {
            root = JSON.readTree(document);
        } catch (JsonProcessingException e) {
            throw new NotASchemaException(file, "not JSON: " + e.getOriginalMessage());
        }
        Map<TableId, Catalog.Table> tables = new HashMap<>();
        for (JsonNode each : list(file, root, "tables")) {
            Catalog.Table table = table(file, each);
            tables.put(table.id(), table);
        }
        return new Catalog(tables);
    }

    private static Catalog.Table table(Path file, JsonNode node) throws NotASchemaException {
        String[] name = text(file, node, "table").split("\\.", 2);
        if (name.length < 2 || name[0].isEmpty() || name[1].isEmpty()) {
            throw new NotASchemaException(file, "\"table\" is not \"schema.name\": " + node);
        }
        List<Catalog.Column> columns = new ArrayList<>();
        for (JsonNode column : list(file, node, "columns")) {
            columns.add(new Catalog.Column(
                    text(file, column, "name"),
                    text(file, column, "type"),
                    kind(file, text(file, column, "kind")),
                    yes(file, column, "toastable")));
        }
        List<List<String>> keys = new ArrayList<>();
        for (JsonNode key : list(file, node, "keys")) {
            keys.add(texts(file, key));
        }
        JsonNode oldRow = node.path("old_row");
        return new Catalog.Table(
                new TableId(name[0], name[1]),
                List.copyOf(columns),
                List.copyOf(keys),
                oldRow.asText().equals(EVERYTHING)
                        ? new Catalog.OldRow.Everything()
                        : new Catalog.OldRow.Only(texts(file, oldRow)));
    }

    private static Catalog.Kind kind(Path file, String text) throws NotASchemaException {
        for (Catalog.Kind kind : Catalog.Kind.values()) {
            if (text(kind).equals(text)) {
                return kind;
            }
        }
        throw new NotASchemaException(
                file,
                "\"kind\" is \"" + text + "\"; allowed: "
                        + Arrays.stream(Catalog.Kind.values())
                                .map(SchemaFile::text)
                                .collect(Collectors.joining(", ")));
    }

    private static String text(Catalog.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    private static JsonNode list(Path file, JsonNode node, String name) throws NotASchemaException {
        JsonNode list = node.path(name);
        if (!list.isArray()) {
            throw new NotASchemaException(file, "no list \"" + name + "\" in " + shortened(node));
        }
        return list;
    }

    private static String text(Path file, JsonNode node, String name) throws NotASchemaException {
        JsonNode text = node.path(name);
        if (!text.isTextual() || text.textValue().isEmpty()) {
            throw new NotASchemaException(file, "no text \"" + name + "\" in " + shortened(node));
        }
        return text.textValue();
    }

    private static boolean yes(Path file, JsonNode node, String name) throws NotASchemaException {
        JsonNode value = node.path(name);
        if (!value.isBoolean()) {
            throw new NotASchemaException(file, "no true or false \"" + name + "\" in " + shortened(node));
        }
        return value.booleanValue();
    }

    private static List<String> texts(Path file, JsonNode list) throws NotASchemaException {
        List<String> texts = new ArrayList<>();
        for (JsonNode each : list) {
            if (!each.isTextual()) {
                throw new NotASchemaException(file, "a column's name is a text, not " + shortened(each));
            }
            texts.add(each.textValue());
        }
        if (!list.isArray()) {
            throw new NotASchemaException(file, "a list of columns' names is wanted, not " + shortened(list));
        }
        return List.copyOf(texts);
    }

    private static String shortened(JsonNode node) {
        String text = node.toString();
        return text.length() <= 80 ? text : text.substring(0, 80) + "...";
    }
}
