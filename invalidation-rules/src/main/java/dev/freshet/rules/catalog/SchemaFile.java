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
            throw new NotASchemaException(
                    file, e.getLocation().getLineNr(), e.getLocation().getColumnNr());
        }
        Map<TableId, Catalog.Table> tables = new HashMap<>();
        for (Part each : new Part(file, "", root).list("tables")) {
            Catalog.Table table = table(each);
            tables.put(table.id(), table);
        }
        return new Catalog(tables);
    }

    private static Catalog.Table table(Part table) throws NotASchemaException {
        Part named = table.at("table");
        String[] name = named.text().split("\\.", 2);
        if (name.length < 2 || name[0].isEmpty() || name[1].isEmpty()) {
            throw named.isNot("a table such as \"public.product\"");
        }
        List<Catalog.Column> columns = new ArrayList<>();
        for (Part column : table.list("columns")) {
            columns.add(new Catalog.Column(
                    column.at("name").text(),
                    column.at("type").text(),
                    kind(column.at("kind")),
                    column.at("toastable").yes()));
        }
        List<List<String>> keys = new ArrayList<>();
        for (Part key : table.list("keys")) {
            keys.add(key.texts());
        }
        Part oldRow = table.at("old_row");
        return new Catalog.Table(
                new TableId(name[0], name[1]),
                List.copyOf(columns),
                List.copyOf(keys),
                oldRow.node().asText().equals(EVERYTHING)
                        ? new Catalog.OldRow.Everything()
                        : new Catalog.OldRow.Only(oldRow.texts()));
    }

    private static Catalog.Kind kind(Part part) throws NotASchemaException {
        String text = part.text();
        for (Catalog.Kind kind : Catalog.Kind.values()) {
            if (text(kind).equals(text)) {
                return kind;
            }
        }
        throw part.isNot("one of "
                + Arrays.stream(Catalog.Kind.values()).map(SchemaFile::text).collect(Collectors.joining(", ")));
    }

    private static String text(Catalog.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    /**
     * A part of the document.
     *
     * @param path to it, such as {@code tables[0].columns[2].kind}
     */
    private record Part(Path file, String path, JsonNode node) {
        Part at(String name) {
            return new Part(file, path.isEmpty() ? name : path + "." + name, node.path(name));
        }

        List<Part> list(String name) throws NotASchemaException {
            Part list = at(name);
            if (!list.node.isArray()) {
                throw list.isNot("a list");
            }
            List<Part> parts = new ArrayList<>();
            for (JsonNode each : list.node) {
                parts.add(new Part(file, list.path + "[" + parts.size() + "]", each));
            }
            return parts;
        }

        String text() throws NotASchemaException {
            if (!node.isTextual() || node.textValue().isEmpty()) {
                throw isNot("a text");
            }
            return node.textValue();
        }

        boolean yes() throws NotASchemaException {
            if (!node.isBoolean()) {
                throw isNot("true or false");
            }
            return node.booleanValue();
        }

        List<String> texts() throws NotASchemaException {
            List<String> texts = new ArrayList<>();
            boolean sound = node.isArray();
            for (JsonNode each : node) {
                sound &= each.isTextual();
                texts.add(each.asText());
            }
            if (!sound) {
                throw isNot(
                        path.endsWith("old_row")
                                ? "\"everything\", or a list of columns' names"
                                : "a list of columns' names");
            }
            return List.copyOf(texts);
        }

        NotASchemaException isNot(String allowed) {
            String found = node.isMissingNode() ? "nothing stands there" : "found " + shortened(node);
            return new NotASchemaException(file, path + ": expected " + allowed + ", " + found);
        }
    }

    private static String shortened(JsonNode node) {
        String text = node.toString();
        return text.length() <= 80 ? text : text.substring(0, 80) + "...";
    }
}
