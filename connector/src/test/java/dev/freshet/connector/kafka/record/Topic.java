package dev.freshet.connector.kafka.record;

import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;

/** Records of one partition of a table's topic, one behind the other, as a Debezium connector writes them. */
final class Topic {
    static final String NAME = "shop.public.product";
    static final long MICROS = 1_767_225_600_123_456L;

    private static final Schema TRANSACTION = SchemaBuilder.struct()
            .optional()
            .name("event.block")
            .field("id", Schema.STRING_SCHEMA)
            .field("total_order", Schema.INT64_SCHEMA)
            .field("data_collection_order", Schema.INT64_SCHEMA)
            .build();

    private final Schema source;
    private final Schema row;
    private final @Nullable Schema key;
    private final Schema envelope;
    private long offset;

    private Topic(Schema source, Schema row, List<String> key) {
        this.source = source;
        this.row = row;
        this.key = key.isEmpty() ? null : key(row, key);
        this.envelope = SchemaBuilder.struct()
                .name("shop.public.product.Envelope")
                .field("before", row)
                .field("after", row)
                .field("source", source)
                .field("transaction", TRANSACTION)
                .field("op", Schema.STRING_SCHEMA)
                .field("ts_ms", Schema.OPTIONAL_INT64_SCHEMA)
                .field("ts_us", Schema.OPTIONAL_INT64_SCHEMA)
                .field("ts_ns", Schema.OPTIONAL_INT64_SCHEMA)
                .build();
    }

    private static Schema key(Schema row, List<String> names) {
        SchemaBuilder key = SchemaBuilder.struct().name("shop.public.product.Key");
        names.forEach(name -> key.field(name, row.field(name).schema()));
        return key.build();
    }

    static Topic postgres(Schema row, String... key) {
        return new Topic(
                common("postgresql")
                        .field("schema", Schema.STRING_SCHEMA)
                        .field("txId", Schema.OPTIONAL_INT64_SCHEMA)
                        .field("lsn", Schema.OPTIONAL_INT64_SCHEMA)
                        .field("xmin", Schema.OPTIONAL_INT64_SCHEMA)
                        .build(),
                row,
                List.of(key));
    }

    static Topic mysql(Schema row, String... key) {
        return new Topic(
                common("mysql")
                        .field("server_id", Schema.INT64_SCHEMA)
                        .field("file", Schema.STRING_SCHEMA)
                        .field("pos", Schema.INT64_SCHEMA)
                        .field("row", Schema.INT32_SCHEMA)
                        .build(),
                row,
                List.of(key));
    }

    /** An id, a name and a number that must not be NULL. */
    static Schema products() {
        return row(
                "id", Schema.INT64_SCHEMA,
                "name", Schema.OPTIONAL_STRING_SCHEMA,
                "stock", Schema.INT32_SCHEMA);
    }

    /** Names and schemas of columns in turn. */
    static Schema row(Object... columns) {
        SchemaBuilder row = SchemaBuilder.struct().optional().name("shop.public.product.Value");
        for (int i = 0; i < columns.length; i += 2) {
            row.field((String) columns[i], (Schema) columns[i + 1]);
        }
        return row.build();
    }

    private static SchemaBuilder common(String connector) {
        return SchemaBuilder.struct()
                .name("io.debezium.connector." + connector + ".Source")
                .field("version", Schema.STRING_SCHEMA)
                .field("connector", Schema.STRING_SCHEMA)
                .field("name", Schema.STRING_SCHEMA)
                .field("ts_ms", Schema.INT64_SCHEMA)
                .field(
                        "snapshot",
                        SchemaBuilder.string()
                                .name("io.debezium.data.Enum")
                                .parameter("allowed", "true,first,last,false,incremental")
                                .defaultValue("false")
                                .optional()
                                .build())
                .field("db", Schema.STRING_SCHEMA)
                .field("sequence", Schema.OPTIONAL_STRING_SCHEMA)
                .field("ts_us", Schema.OPTIONAL_INT64_SCHEMA)
                .field("ts_ns", Schema.OPTIONAL_INT64_SCHEMA)
                .field("table", Schema.STRING_SCHEMA);
    }

    Struct values(@Nullable Object... values) {
        return filled(row, Arrays.asList(values));
    }

    private static Struct filled(Schema schema, List<? extends @Nullable Object> values) {
        Struct struct = new Struct(schema);
        for (int i = 0; i < values.size(); i++) {
            struct.put(schema.fields().get(i), values.get(i));
        }
        return struct;
    }

    /** A source block of PostgreSQL's. */
    Struct at(@Nullable Long commit, long lsn) {
        String before = commit == null ? "null" : "\"" + commit + "\"";
        return source("postgresql")
                .put("schema", "public")
                .put("txId", 777L)
                .put("lsn", lsn)
                .put("sequence", "[" + before + ",\"" + lsn + "\"]");
    }

    /** A source block of MySQL's. */
    Struct at(String file, long position, int row) {
        return source("mysql")
                .put("server_id", 1L)
                .put("file", file)
                .put("pos", position)
                .put("row", row);
    }

    private Struct source(String connector) {
        return new Struct(source)
                .put("version", "3.5.0.Final")
                .put("connector", connector)
                .put("name", "shop")
                .put("db", "shop")
                .put("table", "product")
                .put("ts_ms", MICROS / 1_000)
                .put("ts_us", MICROS)
                .put("ts_ns", MICROS * 1_000);
    }

    SinkRecord insert(Struct at, Struct after) {
        return record("c", at, null, after);
    }

    SinkRecord read(Struct at, Struct after) {
        return read(at, "true", after);
    }

    SinkRecord read(Struct at, String snapshot, Struct after) {
        return record("r", at.put("snapshot", snapshot), null, after);
    }

    SinkRecord update(Struct at, @Nullable Struct before, @Nullable Struct after) {
        return record("u", at, before, after);
    }

    SinkRecord delete(Struct at, Struct before) {
        return record("d", at, before, null);
    }

    SinkRecord truncate(Struct at) {
        return record("t", at, null, null);
    }

    /** Of a connector that provides transaction metadata. */
    SinkRecord nth(long totalOrder, SinkRecord record) {
        Struct transaction = new Struct(TRANSACTION)
                .put("id", "777:1")
                .put("total_order", totalOrder)
                .put("data_collection_order", 1L);
        ((Struct) record.value()).put("transaction", transaction);
        return record;
    }

    SinkRecord tombstone(SinkRecord of) {
        return new SinkRecord(NAME, 0, of.keySchema(), of.key(), null, null, offset++);
    }

    private SinkRecord record(String operation, Struct at, @Nullable Struct before, @Nullable Struct after) {
        Struct value = new Struct(envelope)
                .put("before", before)
                .put("after", after)
                .put("source", at)
                .put("op", operation)
                .put("ts_ms", MICROS / 1_000 + 5);
        Struct known = after == null ? before : after;
        return new SinkRecord(
                NAME,
                0,
                key,
                key == null || known == null ? null : keyOf(known),
                envelope,
                value,
                offset++,
                MICROS / 1_000,
                TimestampType.CREATE_TIME);
    }

    private Struct keyOf(Struct known) {
        Struct struct = new Struct(key);
        for (Field field : struct.schema().fields()) {
            struct.put(field, known.get(field.name()));
        }
        return struct;
    }
}
