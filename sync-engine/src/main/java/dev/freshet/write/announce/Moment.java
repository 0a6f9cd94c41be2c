package dev.freshet.write.announce;

import dev.freshet.change.Version;
import dev.freshet.plan.Operation;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/** When a change was, as those who are told of it can compare. */
record Moment(Version version, Instant committedAt) {
    static Moment of(Operation operation) {
        return new Moment(operation.version(), operation.committedAt());
    }

    /** The version as people see it elsewhere, and the same as a text that compares as versions do. */
    Map<String, String> fields() {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("version", version.toString());
        fields.put("order", HexFormat.of().formatHex(version.toBytes()));
        fields.put("committed_at", committedAt.toString());
        return fields;
    }
}
