package dev.freshet.connector.backfill;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.change.Version;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What of backfills belongs to a checkpoint.
 *
 * @param heard the place of the last notice that was heard: when it is delivered again it is passed over
 * @param left the first one is at work
 * @param ended the last ones
 */
public record Progress(Version heard, List<Backfill> left, List<Ended> ended) {
    public static final Progress NONE = new Progress(new Version(0, 0, 0, 0), List.of(), List.of());

    public Progress {
        left = List.copyOf(left);
        ended = List.copyOf(ended);
    }

    /** As a value of JSON. */
    public Map<String, Object> json() {
        ArrayNode all = Notice.Json.MAPPER.createArrayNode();
        for (Backfill each : left) {
            ObjectNode one = Notice.Json.rows(all.addObject().put("id", each.id()), each.table(), each.where())
                    .put("rows", each.rows())
                    .put("paused", each.isPaused())
                    .put("needed", each.isNeeded());
            ArrayNode after = one.putArray("after");
            each.after().forEach(after::add);
        }
        ArrayNode over = Notice.Json.MAPPER.createArrayNode();
        for (Ended each : ended) {
            ObjectNode one = over.addObject().put("id", each.id());
            each.failure().ifPresent(failure -> one.put("failure", failure));
        }
        return Map.of("heard", HexFormat.of().formatHex(heard.toBytes()), "left", all, "ended", over);
    }

    /** Reads {@link #json} back, as a library for JSON gives it. */
    public static Progress of(Object json) {
        JsonNode node = Notice.Json.MAPPER.valueToTree(json);
        List<Backfill> left = new ArrayList<>();
        for (JsonNode each : node.path("left")) {
            List<String> after = new ArrayList<>();
            each.path("after").forEach(text -> after.add(text.asText()));
            left.add(new Backfill(
                    each.path("id").asText(),
                    Notice.Json.table(each),
                    Notice.Json.condition(each),
                    after,
                    each.path("rows").asLong(),
                    each.path("paused").asBoolean(),
                    each.path("needed").asBoolean()));
        }
        List<Ended> ended = new ArrayList<>();
        node.path("ended")
                .forEach(each -> ended.add(new Ended(
                        each.path("id").asText(),
                        Optional.ofNullable(each.get("failure")).map(JsonNode::asText))));
        return new Progress(
                Version.fromBytes(HexFormat.of().parseHex(node.path("heard").asText())), left, ended);
    }
}
