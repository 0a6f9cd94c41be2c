package dev.freshet.connector.kafka.record;

import io.debezium.transforms.ExtractNewRecordState;
import java.util.Map;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.json.JsonConverter;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;

/** What happens to a record on its way, by the real converters and transformations. */
enum Form {
    STRUCT,
    JSON_WITH_SCHEMAS,
    JSON;

    /** What the documentation asks for. */
    static final Map<String, String> ADDED_FIELDS = Map.of(
            "add.fields",
            Connector.POSTGRESQL.addFields().substring("add.fields=".length()),
            "delete.tombstone.handling.mode",
            "rewrite",
            "replace.null.with.default",
            "false");

    /** The record as a sink receives it. */
    SinkRecord of(SinkRecord record) {
        if (this == STRUCT) {
            return record;
        }
        try (JsonConverter keys = converter(true);
                JsonConverter values = converter(false)) {
            SchemaAndValue key = keys.toConnectData(
                    record.topic(), keys.fromConnectData(record.topic(), record.keySchema(), record.key()));
            SchemaAndValue value = values.toConnectData(
                    record.topic(), values.fromConnectData(record.topic(), record.valueSchema(), record.value()));
            return new SinkRecord(
                    record.topic(),
                    record.kafkaPartition(),
                    key.schema(),
                    key.value(),
                    value.schema(),
                    value.value(),
                    record.kafkaOffset(),
                    record.timestamp(),
                    record.timestampType(),
                    record.headers());
        }
    }

    private JsonConverter converter(boolean isKey) {
        JsonConverter converter = new JsonConverter();
        converter.configure(
                Map.of("schemas.enable", this == JSON_WITH_SCHEMAS, "replace.null.with.default", false), isKey);
        return converter;
    }

    /** By Debezium's own transformation; null where it drops the record. */
    static @Nullable SinkRecord flattened(Map<String, String> options, SinkRecord record) {
        try (ExtractNewRecordState<SinkRecord> transformation = new ExtractNewRecordState<>()) {
            transformation.configure(options);
            return transformation.apply(record);
        }
    }
}
