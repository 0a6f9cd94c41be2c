package dev.freshet.connector.backfill;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.change.TableId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a message in the log says to the Freshet that follows it. The log is durable and has an order, so nothing else is needed. */
public sealed interface Notice {
    /** Read a table again; the {@code id} tells this one from others. */
    record Begin(String id, TableId table, Condition where) implements Notice {}

    /** Stop reading a table again. */
    record Cancel(TableId table) implements Notice {}

    /** Stop for a while. */
    record Pause(TableId table) implements Notice {}

    /** Go on where it was paused. */
    record Resume(TableId table) implements Notice {}

    /**
     * A table's rows are other ones than before, and no change of theirs says so.
     *
     * @param rowsMayBeGone as {@link dev.freshet.change.Change.Altered#rowsMayBeGone}
     * @param reads what has to be read again for that
     */
    record Altered(String id, TableId table, boolean rowsMayBeGone, List<Read> reads) implements Notice {
        public Altered {
            reads = List.copyOf(reads);
        }

        /** With its conditions under a seal. */
        public Altered sealed(Seal seal) {
            return new Altered(
                    id,
                    table,
                    rowsMayBeGone,
                    reads.stream()
                            .map(read -> new Read(
                                    read.table(),
                                    seal.on(read.table(), read.where().sql())))
                            .toList());
        }
    }

    /**
     * Rows that have to be read.
     *
     * @param where which of the table's
     */
    record Read(TableId table, Condition where) {}

    /** Here a chunk that was read takes its place; whose, the token says. */
    record Mark(String token) implements Notice {}

    /** What tells a request from others is kept for each of them, and anybody may write one. */
    int LONGEST_ID = 100;

    /** The prefix of messages for the process that holds a slot. */
    static String prefix(String slot) {
        return "freshet." + slot;
    }

    /** As JSON. */
    default String text() {
        ObjectNode json = Json.MAPPER.createObjectNode();
        switch (this) {
            case Begin(String id, TableId table, Condition where) ->
                Json.rows(json.putObject("backfill").put("id", id), table, where);
            case Cancel(TableId table) -> Json.table(json.putObject("cancel"), table);
            case Pause(TableId table) -> Json.table(json.putObject("pause"), table);
            case Resume(TableId table) -> Json.table(json.putObject("resume"), table);
            case Altered(String id, TableId table, boolean rowsMayBeGone, List<Read> reads) -> {
                ObjectNode altered = Json.table(json.putObject("altered").put("id", id), table)
                        .put("rows_may_be_gone", rowsMayBeGone);
                ArrayNode all = altered.putArray("read");
                reads.forEach(read -> Json.rows(all.addObject(), read.table(), read.where()));
            }
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
                String id = begin.path("id").asText();
                return id.length() > LONGEST_ID
                        ? Optional.empty()
                        : Optional.of(new Begin(id, Json.table(begin), Json.condition(begin)));
            }
            if (json.has("cancel")) {
                return Optional.of(new Cancel(Json.table(json.get("cancel"))));
            }
            if (json.has("pause")) {
                return Optional.of(new Pause(Json.table(json.get("pause"))));
            }
            if (json.has("resume")) {
                return Optional.of(new Resume(Json.table(json.get("resume"))));
            }
            if (json.has("altered")) {
                return Optional.of(altered(json.get("altered")));
            }
            return json.has("mark") ? Optional.of(new Mark(json.get("mark").asText())) : Optional.empty();
        } catch (JsonProcessingException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Altered altered(JsonNode json) {
        List<Read> reads = new ArrayList<>();
        json.path("read").forEach(each -> reads.add(new Read(Json.table(each), Json.condition(each))));
        return new Altered(
                json.path("id").asText(),
                Json.table(json),
                json.path("rows_may_be_gone").asBoolean(),
                reads);
    }

    /** Tables and conditions as JSON. */
    final class Json {
        static final ObjectMapper MAPPER = new ObjectMapper();

        private Json() {}

        static ObjectNode table(ObjectNode into, TableId table) {
            return into.put("schema", table.schema()).put("table", table.name());
        }

        static ObjectNode rows(ObjectNode into, TableId table, Condition where) {
            return table(into, table).put("where", where.sql()).put("seal", where.seal());
        }

        static Condition condition(JsonNode from) {
            return new Condition(from.path("where").asText(), from.path("seal").asText());
        }

        static TableId table(JsonNode from) {
            return new TableId(from.path("schema").asText(), from.path("table").asText());
        }
    }
}
