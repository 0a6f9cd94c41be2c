package dev.freshet.sidecar.command;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.freshet.change.Change;
import dev.freshet.change.Row;
import dev.freshet.change.RowId;
import dev.freshet.change.TableId;
import dev.freshet.sidecar.given.GivenChange;
import dev.freshet.sidecar.given.GivenRow;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A change that a user wrote down, or copied from Debezium's topic. */
final class ChangeFile {
    /** Numbers keep every digit, also zeros at their end: a decimal has the scale that it was stored with. */
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.USE_LONG_FOR_INTS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private ChangeFile() {}

    static Change read(Path file) {
        try {
            JsonNode root = JSON.readTree(file.toFile());
            JsonNode envelope = root.has("payload") ? root.get("payload") : root;
            return read(file, envelope);
        } catch (IOException e) {
            throw CommandFailedException.failed(file + ": cannot be read as JSON (" + e.getMessage() + ")");
        }
    }

    private static Change read(Path file, JsonNode envelope) {
        TableId table = table(envelope)
                .orElseThrow(() -> CommandFailedException.failed(
                        file + ": no table; write \"table\": \"schema.name\", or give Debezium's source.schema and"
                                + " source.table"));
        Optional<Row> before = row(envelope.get("before"));
        Optional<Row> after = row(envelope.get("after"));
        if (before.isEmpty() && after.isEmpty()) {
            throw CommandFailedException.failed(file + ": neither before nor after holds a row");
        }
        Row known = after.or(() -> before).orElseThrow();
        Object key = known.columns().isEmpty() ? "" : known.get(known.columns().getFirst());
        return GivenChange.of(new RowId(table, String.valueOf(key)), before, after);
    }

    private static Optional<TableId> table(JsonNode envelope) {
        JsonNode source = envelope.path("source");
        if (source.has("schema") && source.has("table")) {
            return Optional.of(new TableId(
                    source.get("schema").asText(), source.get("table").asText()));
        }
        String[] parts = envelope.path("table").asText().split("\\.", 2);
        return parts.length == 2 && !parts[0].isEmpty() && !parts[1].isEmpty()
                ? Optional.of(new TableId(parts[0], parts[1]))
                : Optional.empty();
    }

    private static Optional<Row> row(@Nullable JsonNode node) {
        if (node == null || !node.isObject()) {
            return Optional.empty();
        }
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        node.properties().forEach(each -> values.put(each.getKey(), JSON.convertValue(each.getValue(), Object.class)));
        return Optional.of(new GivenRow(values));
    }
}
