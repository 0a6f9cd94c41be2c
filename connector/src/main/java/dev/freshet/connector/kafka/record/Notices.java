package dev.freshet.connector.kafka.record;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Debezium's records that tell of no row: heartbeats, borders of transactions, changed schemas, notifications. */
final class Notices {
    private static final List<String> SCHEMAS = List.of(
            "io.debezium.connector.common.Heartbeat",
            "io.debezium.connector.common.TransactionMetadataValue",
            "io.debezium.connector.common.Notification",
            ".SchemaChangeValue");

    private static final Set<String> HEARTBEAT = Set.of("ts_ms", "ts_us", "ts_ns");
    private static final List<Set<String>> OTHERS = List.of(
            Set.of("status", "id", "event_count", "data_collections"),
            Set.of("source", "ddl", "tableChanges"),
            Set.of("id", "type", "aggregate_type", "additional_data"));

    private Notices() {}

    static boolean is(Structure value) {
        return switch (value) {
            case Structure.WithSchema struct -> is(struct.form().name());
            case Structure.WithoutSchema map -> is(map);
        };
    }

    private static boolean is(@Nullable String schema) {
        return schema != null && SCHEMAS.stream().anyMatch(schema::endsWith);
    }

    /** By what stands in it, since nothing says what it is. */
    private static boolean is(Structure.WithoutSchema map) {
        List<String> names = map.names();
        return HEARTBEAT.containsAll(names) || OTHERS.stream().anyMatch(names::containsAll);
    }
}
