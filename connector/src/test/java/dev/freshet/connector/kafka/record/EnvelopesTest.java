package dev.freshet.connector.kafka.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.freshet.change.Change;
import dev.freshet.change.RowId;
import dev.freshet.change.TableId;
import dev.freshet.change.Unknown;
import dev.freshet.change.Version;
import dev.freshet.rules.catalog.Catalog;
import io.debezium.schema.SchemaFactory;
import io.debezium.schema.SchemaNameAdjuster;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class EnvelopesTest {
    private static final Topic TOPIC = Topic.postgres(Topic.products(), "id");
    private static final Struct PEN = TOPIC.values(17L, "Pen", 3);
    private static final String ADD_FIELDS = "add.fields=op,source.connector,source.schema,source.table,"
            + "source.sequence,source.txId,source.snapshot,source.ts_us";
    private static final String ADD_BINLOG_FIELDS =
            "add.fields=op,source.connector,source.db,source.table,source.file,source.pos,source.row,"
                    + "source.snapshot,source.ts_us";

    private final TopicReader reader = new TopicReader(Catalog.NONE, 1);

    static Stream<Arguments> notices() {
        SchemaFactory schemas = SchemaFactory.get();
        Schema heartbeat = schemas.heartbeatValueSchema(SchemaNameAdjuster.NO_OP);
        Schema border = schemas.transactionValueSchema(SchemaNameAdjuster.NO_OP);
        Schema notification = schemas.notificationValueSchema(SchemaNameAdjuster.NO_OP);
        Schema change = SchemaBuilder.struct()
                .name("io.debezium.connector.mysql.SchemaChangeValue")
                .field(
                        "source",
                        SchemaBuilder.struct()
                                .field("connector", Schema.STRING_SCHEMA)
                                .build())
                .field("ddl", Schema.STRING_SCHEMA)
                .field("tableChanges", SchemaBuilder.array(Schema.STRING_SCHEMA).build())
                .build();
        return Stream.of(
                arguments(new Struct(heartbeat).put("ts_ms", 5L)),
                arguments(new Struct(border)
                        .put("status", "BEGIN")
                        .put("id", "777:1")
                        .put("ts_ms", 5L)),
                arguments(new Struct(notification)
                        .put("id", "x")
                        .put("aggregate_type", "Initial Snapshot")
                        .put("type", "STARTED")
                        .put("timestamp", 5L)),
                arguments(new Struct(change)
                        .put("source", new Struct(change.field("source").schema()).put("connector", "mysql"))
                        .put("ddl", "drop table product")
                        .put("tableChanges", List.of())));
    }

    @ParameterizedTest
    @MethodSource("notices")
    void whatTellsOfNoRowIsNothing(Struct value) {
        SinkRecord record = record(value.schema(), value);

        for (Form form : Form.values()) {
            assertThat(reader.read(form.of(record))).as(form.name()).isEqualTo(new Reading.Nothing());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aMessageIsNothing(Form form) {
        Struct source = TOPIC.at(1L, 2);
        Schema message = SchemaBuilder.struct()
                .name("io.debezium.connector.postgresql.MessageValue")
                .field("op", Schema.STRING_SCHEMA)
                .field("source", source.schema())
                .field("message", Schema.STRING_SCHEMA)
                .build();
        Struct value = new Struct(message).put("op", "m").put("source", source).put("message", "x");

        assertThat(reader.read(form.of(record(message, value)))).isEqualTo(new Reading.Nothing());
    }

    static Stream<Arguments> unreadable() {
        Struct withoutSequence = TOPIC.at(1L, 2).put("sequence", null);
        Struct oddSequence = TOPIC.at(1L, 2).put("sequence", "[1]");
        Topic mysql = Topic.mysql(Topic.products(), "id");
        SinkRecord insert = TOPIC.insert(TOPIC.at(1L, 2), PEN);
        return Stream.of(
                arguments(
                        TOPIC.insert(TOPIC.at(1L, 2).put("connector", "sqlserver"), PEN),
                        "it comes from the connector 'sqlserver', whose positions are not comparable; supported: "
                                + "postgresql, mysql, mariadb"),
                arguments(
                        TOPIC.insert(withoutSequence, PEN),
                        "its envelope lacks source.sequence, which Debezium 2.0 and later write"),
                arguments(
                        TOPIC.insert(oddSequence, PEN),
                        "its source.sequence is [1]; expected [\"<lsn of the commit before>\",\"<lsn>\"]"),
                arguments(
                        mysql.insert(mysql.at("binlog", 4, 0), PEN),
                        "its source.file is 'binlog'; expected a number at its end, as in mysql-bin.000123"),
                arguments(
                        flattened(Map.of(), insert),
                        "it is no envelope of Debezium's, and was flattened without op; set " + ADD_FIELDS
                                + " (PostgreSQL) or " + ADD_BINLOG_FIELDS
                                + " (MySQL, MariaDB) at ExtractNewRecordState"),
                arguments(
                        flattened(Map.of("add.fields", "op"), insert),
                        "it is no envelope of Debezium's, and was flattened without source.connector; set " + ADD_FIELDS
                                + " (PostgreSQL) or " + ADD_BINLOG_FIELDS
                                + " (MySQL, MariaDB) at ExtractNewRecordState"),
                arguments(
                        flattened(Map.of("add.fields", "op,connector,table,lsn,ts_ms"), insert),
                        "it is no envelope of Debezium's, and was flattened without source.schema, source.sequence, "
                                + "source.ts_us; set " + ADD_FIELDS + " at ExtractNewRecordState"),
                arguments(
                        flattened(
                                Map.of("add.fields", "op,connector,db,table,file"),
                                mysql.insert(mysql.at("mysql-bin.000001", 4, 0), PEN)),
                        "it is no envelope of Debezium's, and was flattened without source.pos, source.row, "
                                + "source.ts_us; set " + ADD_BINLOG_FIELDS + " at ExtractNewRecordState"),
                arguments(
                        record(null, "{\"op\":\"c\"}"),
                        "its value is of class String; set the converter that the topic was written with "
                                + "(value.converter)"),
                arguments(
                        record(null, Map.of("schema", Map.of(), "payload", Map.of())),
                        "its value holds its own schema; set value.converter.schemas.enable=true"),
                arguments(TOPIC.update(TOPIC.at(1L, 2), PEN, null), "its envelope has no row after the change"));
    }

    @ParameterizedTest
    @MethodSource("unreadable")
    void whatCannotBeReadSaysWhatToSet(SinkRecord record, String reason) {
        assertThat(reader.read(record)).isEqualTo(new Reading.Unreadable(reason));
    }

    /** By default the transformation drops the tombstone behind a delete and makes one of the delete. */
    @ParameterizedTest
    @CsvSource({"tombstone, true", "delete-to-tombstone, true", "rewrite, false", "rewrite-with-tombstone, false"})
    void aTombstoneBehindRowsThatAreNotMarkedIsADeleteThatCannotBeRead(String mode, boolean unreadable) {
        Map<String, String> options = new LinkedHashMap<>(Form.ADDED_FIELDS);
        options.put("delete.tombstone.handling.mode", mode);
        SinkRecord insert = TOPIC.insert(TOPIC.at(1L, 2), PEN);
        SinkRecord tombstone = TOPIC.tombstone(insert);

        assertThat(reader.read(tombstone)).isEqualTo(new Reading.Nothing());
        assertThat(reader.read(flattened(options, insert))).isInstanceOf(Reading.Changed.class);
        assertThat(reader.read(tombstone))
                .isEqualTo(
                        unreadable
                                ? new Reading.Unreadable(
                                        "it was flattened to a tombstone, which does not say when its row was "
                                                + "deleted; set delete.tombstone.handling.mode=rewrite and "
                                                + "replace.null.with.default=false")
                                : new Reading.Nothing());
    }

    @Test
    void aTombstoneBehindEnvelopesIsNothing() {
        SinkRecord delete = TOPIC.delete(TOPIC.at(1L, 2), PEN);

        assertThat(reader.read(delete)).isInstanceOf(Reading.Changed.class);
        assertThat(reader.read(TOPIC.tombstone(delete))).isEqualTo(new Reading.Nothing());
    }

    @ParameterizedTest
    @EnumSource
    void aTombstoneWhoseHeadersTellTheRestIsADelete(Form form) {
        Map<String, String> options = new LinkedHashMap<>(Form.ADDED_FIELDS);
        options.put("add.headers", String.valueOf(options.remove("add.fields")));
        options.put("delete.tombstone.handling.mode", "tombstone");
        reader.read(form.of(flattened(options, TOPIC.insert(TOPIC.at(1L, 2), PEN))));

        Reading reading = reader.read(form.of(flattened(options, TOPIC.delete(TOPIC.at(1L, 3), PEN))));

        assertThat(reading).isInstanceOfSatisfying(Reading.Changed.class, changed -> {
            assertThat(changed.change()).isInstanceOfSatisfying(Change.Delete.class, delete -> {
                assertThat(delete.row()).isEqualTo(new RowId(new TableId("public", "product"), "17"));
                assertThat(delete.version()).isEqualTo(new Version(1, 1, 3, 1));
                assertThat(delete.before().columns()).containsExactlyInAnyOrder("id", "name", "stock");
                assertThat(delete.before().get("id")).isEqualTo(17L);
                assertThat(delete.before().get("name")).isEqualTo(Unknown.VALUE);
            });
        });
    }

    @ParameterizedTest
    @EnumSource
    void aTableMayChangeItsColumns(Form form) {
        Topic later =
                Topic.postgres(Topic.row("id", Schema.INT64_SCHEMA, "colour", Schema.OPTIONAL_STRING_SCHEMA), "id");

        reader.read(form.of(TOPIC.insert(TOPIC.at(1L, 2), PEN)));
        Reading reading = reader.read(form.of(later.insert(later.at(1L, 3), later.values(18L, "red"))));

        assertThat(reading)
                .isInstanceOfSatisfying(
                        Reading.Changed.class,
                        changed -> assertThat(((Change.Insert) changed.change())
                                        .after()
                                        .columns())
                                .containsExactlyInAnyOrder("id", "colour"));
    }

    private static SinkRecord flattened(Map<String, String> options, SinkRecord record) {
        SinkRecord flattened = Form.flattened(options, record);
        assertThat(flattened).isNotNull();
        return flattened;
    }

    private static SinkRecord record(@Nullable Schema schema, Object value) {
        return new SinkRecord(Topic.NAME, 0, null, null, schema, value, 0);
    }
}
