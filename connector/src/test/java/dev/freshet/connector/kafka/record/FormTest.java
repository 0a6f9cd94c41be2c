package dev.freshet.connector.kafka.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.change.Change;
import dev.freshet.change.Row;
import dev.freshet.change.RowId;
import dev.freshet.change.TableId;
import dev.freshet.change.Unknown;
import dev.freshet.rules.catalog.Catalog;
import dev.freshet.rules.catalog.Catalog.OldRow;
import io.debezium.data.Json;
import io.debezium.data.Uuid;
import io.debezium.data.VariableScaleDecimal;
import io.debezium.time.Date;
import io.debezium.time.MicroTime;
import io.debezium.time.MicroTimestamp;
import io.debezium.time.ZonedTimestamp;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The same change in every form, by Debezium's own transformation and Kafka's own converter. */
class FormTest {
    private static final TableId TABLE = new TableId("public", "product");
    private static final String ID = "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11";
    private static final Schema PRICE = VariableScaleDecimal.optionalSchema();

    private static final Schema ROW = Topic.row(
            "id", Schema.INT64_SCHEMA,
            "name", SchemaBuilder.string().optional().defaultValue("a default").build(),
            "price", PRICE,
            "sold", MicroTimestamp.builder().optional().build(),
            "seen", ZonedTimestamp.builder().optional().build(),
            "born", Date.builder().optional().build(),
            "opens", MicroTime.builder().optional().build(),
            "code", Uuid.builder().optional().build(),
            "extra", Json.builder().optional().build(),
            "tags",
                    SchemaBuilder.array(Schema.OPTIONAL_STRING_SCHEMA)
                            .optional()
                            .build(),
            "weight", Schema.OPTIONAL_FLOAT64_SCHEMA,
            "live", Schema.OPTIONAL_BOOLEAN_SCHEMA,
            "photo", Schema.OPTIONAL_BYTES_SCHEMA,
            "body", Schema.OPTIONAL_STRING_SCHEMA);

    private static final Catalog FULL = new Catalog(Map.of(TABLE, table(new OldRow.Everything())));
    private static final Catalog DEFAULT = new Catalog(Map.of(TABLE, table(new OldRow.Only(List.of("id")))));

    private final Topic topic = Topic.postgres(ROW, "id");

    @ParameterizedTest
    @EnumSource
    void anUpdateSaysTheSame(Form form) {
        Change.Update full = (Change.Update) change(FULL, form.of(update()));
        Change.Update flattened = (Change.Update) change(FULL, form.of(flattened(update())));

        assertThat(List.of(full.row(), full.rowBefore(), flattened.row(), flattened.rowBefore()))
                .containsOnly(new RowId(TABLE, "17"));
        assertThat(flattened.version()).isEqualTo(full.version());
        assertThat(flattened.committedAt()).isEqualTo(full.committedAt());
        assertThat(values(full.after())).isEqualTo(expected("Pen", "a long text"));
        assertThat(values(flattened.after())).isEqualTo(expected("Pen", Unknown.VALUE));
        assertThat(full.after().columns())
                .isEqualTo(flattened.after().columns())
                .isEqualTo(List.copyOf(expected("Pen", "").keySet()));
        assertThat(values(full.before())).isEqualTo(expected(null, "a long text"));
        assertThat(values(flattened.before())).isEqualTo(keyAlone());
    }

    @ParameterizedTest
    @EnumSource
    void aDeleteSaysTheSame(Form form) {
        Change.Delete full = (Change.Delete) change(FULL, form.of(delete()));
        Change.Delete flattened = (Change.Delete) change(FULL, form.of(flattened(delete())));

        assertThat(flattened.row()).isEqualTo(full.row()).isEqualTo(new RowId(TABLE, "17"));
        assertThat(flattened.version()).isEqualTo(full.version());
        assertThat(values(flattened.before()))
                .isEqualTo(values(full.before()))
                .isEqualTo(expected(null, "a long text"));
    }

    @ParameterizedTest
    @EnumSource
    void ofADeleteTheReplicaIdentityIsKnown(Form form) {
        for (SinkRecord record : List.of(delete(), flattened(delete()))) {
            Change.Delete delete = (Change.Delete) change(DEFAULT, form.of(record));

            assertThat(delete.row()).isEqualTo(new RowId(TABLE, "17"));
            assertThat(values(delete.before())).isEqualTo(keyAlone());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFlattenedSnapshotAndInsertAreWhatTheyAre(Form form) {
        assertThat(change(FULL, form.of(flattened(topic.read(topic.at(null, 45), row("Pen", ""))))))
                .isInstanceOf(Change.Snapshot.class);
        assertThat(change(FULL, form.of(flattened(topic.insert(topic.at(null, 45), row("Pen", ""))))))
                .isInstanceOf(Change.Insert.class);
    }

    @ParameterizedTest
    @EnumSource
    void whatIsAddedMayStandInHeaders(Form form) {
        Map<String, String> options = new LinkedHashMap<>(Form.ADDED_FIELDS);
        options.put("add.headers", String.valueOf(options.remove("add.fields")));

        Change inHeaders = change(FULL, form.of(flattened(options, update())));

        assertThat(inHeaders.version()).isEqualTo(change(FULL, update()).version());
        assertThat(values(((Change.Update) inHeaders).after())).isEqualTo(expected("Pen", Unknown.VALUE));
    }

    /** The order within the transaction is read under both names that it may have. */
    @ParameterizedTest
    @EnumSource
    void thePlaceInTheTransactionMayBeAdded(Form form) {
        for (String name : List.of("transaction.total_order", "total_order")) {
            Map<String, String> options = new LinkedHashMap<>(Form.ADDED_FIELDS);
            options.merge("add.fields", name, (one, other) -> one + "," + other);

            Change change = change(FULL, form.of(flattened(options, topic.nth(8, update()))));

            assertThat(change.version().ordinal()).isEqualTo(9);
        }
    }

    @ParameterizedTest
    @EnumSource
    void withoutACatalogueTheKeyOfTheRecordNamesTheRow(Form form) {
        assertThat(List.of(update(), flattened(update()), delete(), flattened(delete())))
                .map(record -> change(Catalog.NONE, form.of(record)))
                .map(change -> switch (change) {
                    case Change.Update update -> update.row();
                    case Change.Delete delete -> delete.row();
                    default -> throw new AssertionError(change);
                })
                .containsOnly(new RowId(TABLE, "17"));
    }

    @ParameterizedTest
    @EnumSource
    void theTransactionIsRead(Form form) {
        for (SinkRecord record : List.of(update(), flattened(update()))) {
            assertThat(new TopicReader(FULL, 1).read(form.of(record)))
                    .isInstanceOfSatisfying(
                            Reading.Changed.class,
                            changed -> assertThat(changed.transaction()).isEqualTo(OptionalLong.of(777)));
        }
    }

    private SinkRecord update() {
        return topic.update(topic.at(40L, 45), row(null, "a long text"), row("Pen", Placeholder.TEXT));
    }

    private SinkRecord delete() {
        return topic.delete(topic.at(40L, 45), row(null, "a long text"));
    }

    private Struct row(@Nullable String name, String body) {
        return topic.values(
                17L,
                name,
                VariableScaleDecimal.fromLogical(PRICE, new BigDecimal("19.95")),
                1_769_862_896_789_012L,
                "2026-01-31T12:34:56.5Z",
                20_484,
                45_296_789_012L,
                ID,
                "{\"a\":[1,null]}",
                Arrays.asList("x", null),
                0.5,
                true,
                ByteBuffer.wrap(new byte[] {0, -1}),
                body);
    }

    private static Map<String, @Nullable Object> expected(@Nullable String name, Object body) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put("id", 17L);
        row.put("name", name);
        row.put("price", new BigDecimal("19.95"));
        row.put("sold", LocalDateTime.parse("2026-01-31T12:34:56.789012"));
        row.put("seen", Instant.parse("2026-01-31T12:34:56.5Z"));
        row.put("born", LocalDate.parse("2026-01-31"));
        row.put("opens", LocalTime.parse("12:34:56.789012"));
        row.put("code", UUID.fromString(ID));
        row.put("extra", Map.of("a", Arrays.asList(1L, null)));
        row.put("tags", Arrays.asList("x", null));
        row.put("weight", 0.5);
        row.put("live", true);
        row.put("photo", ByteBuffer.wrap(new byte[] {0, -1}));
        row.put("body", body);
        return row;
    }

    private static Map<String, @Nullable Object> keyAlone() {
        Map<String, @Nullable Object> row = expected(null, Unknown.VALUE);
        row.replaceAll((name, value) -> name.equals("id") ? value : Unknown.VALUE);
        return row;
    }

    private static Catalog.Table table(OldRow oldRow) {
        Map<String, String> types = new LinkedHashMap<>();
        types.put("id", "bigint");
        types.put("name", "text");
        types.put("price", "numeric");
        types.put("sold", "timestamp without time zone");
        types.put("seen", "timestamp with time zone");
        types.put("born", "date");
        types.put("opens", "time without time zone");
        types.put("code", "uuid");
        types.put("extra", "jsonb");
        types.put("tags", "text[]");
        types.put("weight", "double precision");
        types.put("live", "boolean");
        types.put("photo", "bytea");
        types.put("body", "text");
        List<Catalog.Column> columns = types.entrySet().stream()
                .map(each -> new Catalog.Column(each.getKey(), each.getValue(), Catalog.Kind.OTHER, true))
                .toList();
        return new Catalog.Table(TABLE, columns, List.of(List.of("id")), oldRow);
    }

    private static SinkRecord flattened(SinkRecord record) {
        return flattened(Form.ADDED_FIELDS, record);
    }

    private static SinkRecord flattened(Map<String, String> options, SinkRecord record) {
        SinkRecord flattened = Form.flattened(options, record);
        assertThat(flattened).isNotNull();
        return flattened;
    }

    private static Change change(Catalog catalog, SinkRecord record) {
        Reading reading = new TopicReader(catalog, 1).read(record);
        assertThat(reading).isInstanceOf(Reading.Changed.class);
        return ((Reading.Changed) reading).change();
    }

    private static Map<String, @Nullable Object> values(Row row) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        row.columns().forEach(column -> values.put(column, row.get(column)));
        return values;
    }
}
