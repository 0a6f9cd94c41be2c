package dev.freshet.rules.yaml;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.change.TableId;
import dev.freshet.rules.Fingerprint;
import dev.freshet.rules.NotATranscriptException;
import dev.freshet.rules.RuleSet;
import dev.freshet.rules.Transcript;
import dev.freshet.rules.catalog.Catalog;
import dev.freshet.rules.catalog.NotASchemaException;
import dev.freshet.rules.catalog.SchemaFile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes rules as a text and reads them back, by the loader of rule files: {@code {"fingerprint": "0f...", "files":
 * [{"defaults": {...}, "rules": {...}}], "schema": {"tables": [...]}}}. Keys and edges, which have secrets, are not in it: others
 * stand in for them.
 */
public final class Transcripts {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Place PLACE = new Place("transcript", 1, 1);
    private static final List<String> OF_A_FILE = List.of("defaults", "rules");

    private Transcripts() {}

    /** Rules that were read back, and what is known of their tables. */
    public record Rules(RuleSet rules, Catalog catalog) {}

    /** Of files that were read, with the tables that their rules follow. */
    static Transcript write(List<Section> files, RuleSet rules, Catalog catalog) {
        ObjectNode root = JSON.createObjectNode();
        root.put("fingerprint", rules.fingerprint().text());
        ArrayNode all = root.putArray("files");
        for (Section file : files) {
            ObjectNode one = all.addObject();
            OF_A_FILE.forEach(key -> file.node(key).ifPresent(node -> one.set(key, json(node))));
        }
        Map<TableId, Catalog.Table> followed = new HashMap<>(catalog.tables());
        followed.keySet().removeIf(table -> rules.on(table).isEmpty());
        try {
            root.set("schema", JSON.readTree(SchemaFile.write(new Catalog(followed))));
            return new Transcript(JSON.writeValueAsString(root));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of texts is always JSON", e);
        }
    }

    private static JsonNode json(Node node) {
        return switch (node) {
            case Node.Scalar scalar ->
                scalar.isAbsent()
                        ? JsonNodeFactory.instance.nullNode()
                        : JsonNodeFactory.instance.textNode(scalar.text());
            case Node.Items items -> {
                ArrayNode array = JSON.createArrayNode();
                items.nodes().forEach(item -> array.add(json(item)));
                yield array;
            }
            case Node.Mapping map -> {
                ObjectNode object = JSON.createObjectNode();
                map.members().forEach((key, member) -> object.set(key, json(member)));
                yield object;
            }
            case Node.Broken broken -> throw new IllegalStateException("rules with a mistake are not written");
        };
    }

    /**
     * Reads {@link Loading.Loaded#transcript} back.
     *
     * @throws NotATranscriptException where this version cannot; the message says why
     */
    public static Rules read(Transcript transcript) throws NotATranscriptException {
        JsonNode root = root(transcript);
        if (root.path("files").isEmpty()) {
            throw new NotATranscriptException("no list \"files\"");
        }
        Catalog catalog = catalog(root.path("schema"));
        Problems problems = new Problems();
        Rulebook rulebook = new Rulebook(catalog, problems);
        rulebook.keys(KeyRing.standingIn());
        rulebook.edges(Edges.standingIn());
        for (JsonNode file : root.path("files")) {
            if (node(file, Spot.root(PLACE)) instanceof Node.Mapping map) {
                Section section = new Section(map, problems);
                rulebook.add(section);
                section.finish();
            }
        }
        RuleSet rules = rulebook.finish();
        Optional<Problem> mistake =
                problems.sorted().stream().filter(Problem::isError).findFirst();
        if (mistake.isPresent()) {
            throw new NotATranscriptException(
                    mistake.get().path() + ": " + mistake.get().message());
        }
        Fingerprint fingerprint = new Fingerprint(root.path("fingerprint").asText());
        return new Rules(new RuleSet(rules.rules(), rules.edges(), fingerprint), catalog);
    }

    private static JsonNode root(Transcript transcript) throws NotATranscriptException {
        try {
            return JSON.readTree(transcript.text());
        } catch (JsonProcessingException e) {
            throw new NotATranscriptException("not JSON: " + e.getOriginalMessage());
        }
    }

    private static Catalog catalog(JsonNode schema) throws NotATranscriptException {
        try {
            return SchemaFile.read(schema.toString());
        } catch (NotASchemaException e) {
            throw new NotATranscriptException("its tables cannot be read");
        }
    }

    private static Node node(JsonNode json, Spot spot) {
        if (json.isArray()) {
            List<Node> items = new ArrayList<>();
            json.forEach(item -> items.add(node(item, spot.item(items.size(), PLACE))));
            return new Node.Items(spot, items, "");
        }
        if (json.isObject()) {
            Map<String, Node> members = new LinkedHashMap<>();
            json.properties()
                    .forEach(each -> members.put(
                            each.getKey(), node(each.getValue(), spot.member(each.getKey(), PLACE, PLACE))));
            return new Node.Mapping(spot, members, "");
        }
        String text = json.isNull() ? "" : json.asText();
        Written.Style style = json.isNull() ? Written.Style.PLAIN : Written.Style.DOUBLE_QUOTED;
        return new Node.Scalar(spot, text, new Written(text, text, style, ""));
    }
}
