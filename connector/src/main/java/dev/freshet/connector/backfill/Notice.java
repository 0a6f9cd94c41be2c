package dev.freshet.connector.backfill;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.change.TableId;
import java.util.Optional;

/** What a message in the log says to the Freshet that follows it. The log is durable and has an order, so nothing else is needed. */
public sealed interface Notice {
    /** Read a table again; the {@code id} tells this one from others. */
    record Begin(String id, TableId table, String where) implements Notice {}

    /** Stop reading a table again. */
    record Cancel(TableId table) implements Notice {}

    /** Here a chunk that was read takes its place; whose, the token says. */
    record Mark(String token) implements Notice {}

    /** The prefix of messages for the process that holds a slot. */
    static String prefix(String slot) {
        return "freshet." + slot;
    }

    /** As JSON. */
    default String text() {
        ObjectNode json = Json.MAPPER.createObjectNode();
        switch (this) {
            case Begin(String id, TableId table, String where) ->
                Json.table(json.putObject("backfill").put("id", id), table).put("where", where);
            case Cancel(TableId table) -> Json.table(json.putObject("cancel"), table);
            case Mark(String token) -> json.put("mark", token);
        }
        try {
            return Json.MAPPER.writeValueAsString(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts are always JSON", e);
        }
    }

    /** Empty where it is nothing that this version knows. */
    static Optional<Notice> read(String content) {
        try {
            JsonNode json = Json.MAPPER.readTree(content);
            if (json.has("backfill")) {
                JsonNode begin = json.get("backfill");
                return Optional.of(new Begin(
                        begin.path("id").asText(),
                        Json.table(begin),
                        begin.path("where").asText()));
            }
            if (json.has("cancel")) {
                return Optional.of(new Cancel(Json.table(json.get("cancel"))));
            }
            return json.has("mark") ? Optional.of(new Mark(json.get("mark").asText())) : Optional.empty();
        } catch (JsonProcessingException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Tables as JSON. */
    final class Json {
        static final ObjectMapper MAPPER = new ObjectMapper();

        private Json() {}

        static ObjectNode table(ObjectNode into, TableId table) {
            return into.put("schema", table.schema()).put("table", table.name());
        }

        static TableId table(JsonNode from) {
            return new TableId(from.path("schema").asText(), from.path("table").asText());
        }
    }
}
