package dev.freshet.connector.kafka.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.change.Change;
import dev.freshet.change.Row;
import dev.freshet.change.RowId;
import dev.freshet.change.TableId;
import dev.freshet.change.Unknown;
import dev.freshet.rules.catalog.Catalog;
import dev.freshet.rules.catalog.Catalog.Kind;
import dev.freshet.rules.catalog.Catalog.OldRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OldColumnsTest {
    private static final TableId TABLE = new TableId("public", "product");
    private static final List<Catalog.Column> COLUMNS = List.of(
            new Catalog.Column("id", "bigint", Kind.INTEGER, false),
            new Catalog.Column("name", "text", Kind.TEXT, true),
            new Catalog.Column("stock", "integer", Kind.INTEGER, false));

    private final Topic topic = Topic.postgres(Topic.products(), "id");
    private final Struct pen = topic.values(17L, "Pen", 3);

    /** What Debezium makes of a replica identity that is the key: NULL, and zero where NULL may not be. */
    private final Struct keyOfPen = topic.values(17L, null, 0);

    @ParameterizedTest
    @EnumSource
    void ofAnUpdateWithoutOldRowTheKeyIsKnown(Form form) {
        Change.Update update = (Change.Update) read(Catalog.NONE, form.of(topic.update(topic.at(1L, 2), null, pen)));

        assertThat(update.rowBefore()).isEqualTo(update.row());
        assertThat(values(update.before())).containsExactly(17L, Unknown.VALUE, Unknown.VALUE);
    }

    @ParameterizedTest
    @EnumSource
    void zerosAreNoOldRow(Form form) {
        Change.Delete delete = (Change.Delete) read(Catalog.NONE, form.of(topic.delete(topic.at(1L, 2), keyOfPen)));

        assertThat(delete.row()).isEqualTo(new RowId(TABLE, "17"));
        assertThat(values(delete.before())).containsExactly(17L, Unknown.VALUE, Unknown.VALUE);
    }

    @ParameterizedTest
    @EnumSource(names = {"STRUCT", "JSON_WITH_SCHEMAS"})
    void aValueThatDebeziumDoesNotMakeUpTellsThatAllWasSent(Form form) {
        Struct old = topic.values(17L, null, 4);

        Change.Delete delete = (Change.Delete) read(Catalog.NONE, form.of(topic.delete(topic.at(1L, 2), old)));
        Change.Update update = (Change.Update) read(Catalog.NONE, form.of(topic.update(topic.at(1L, 2), old, pen)));

        assertThat(values(delete.before())).containsExactly(17L, null, 4L);
        assertThat(values(update.before())).containsExactly(17L, null, 4L);
    }

    @Test
    void withoutSchemasItTellsNothingSinceItMayBeADefault() {
        SinkRecord record = Form.JSON.of(topic.delete(topic.at(1L, 2), pen));

        Change.Delete delete = (Change.Delete) read(Catalog.NONE, record);

        assertThat(values(delete.before())).containsExactly(17L, Unknown.VALUE, Unknown.VALUE);
    }

    @Test
    void aDefaultIsNoOldRow() {
        Schema stock = SchemaBuilder.int32().defaultValue(5).build();
        Topic others = Topic.postgres(Topic.row("id", Schema.INT64_SCHEMA, "stock", stock), "id");

        Change.Delete delete =
                (Change.Delete) read(Catalog.NONE, others.delete(others.at(1L, 2), others.values(17L, 5)));

        assertThat(values(delete.before())).containsExactly(17L, Unknown.VALUE);
    }

    @ParameterizedTest
    @EnumSource
    void aBinaryLogSendsOldRowsWhole(Form form) {
        Topic mysql = Topic.mysql(Topic.products(), "id");
        Struct at = mysql.at("mysql-bin.000010", 154, 0);

        Change.Delete delete =
                (Change.Delete) read(Catalog.NONE, form.of(mysql.delete(at, mysql.values(17L, null, 0))));

        assertThat(values(delete.before())).containsExactly(17L, null, 0L);
    }

    @Test
    void theCatalogueKnowsBetter() {
        SinkRecord zeros = topic.delete(topic.at(1L, 2), keyOfPen);
        SinkRecord whole = topic.delete(topic.at(1L, 2), pen);

        assertThat(values(((Change.Delete) read(catalog(new OldRow.Everything()), zeros)).before()))
                .containsExactly(17L, null, 0L);
        assertThat(values(((Change.Delete) read(catalog(new OldRow.Only(List.of("id"))), whole)).before()))
                .containsExactly(17L, Unknown.VALUE, Unknown.VALUE);
    }

    /** replica identity using index (name) */
    @Test
    void anIdentityOfItsOwnIsSentWhenItChanges() {
        Catalog catalog = catalog(new OldRow.Only(List.of("name")));
        Struct old = topic.values(0L, "Pencil", 0);

        Change.Update renamed = (Change.Update) read(catalog, topic.update(topic.at(1L, 2), old, pen));
        Change.Update same = (Change.Update) read(catalog, topic.update(topic.at(1L, 2), null, pen));

        assertThat(renamed.rowBefore()).isEqualTo(new RowId(TABLE, "Pencil"));
        assertThat(renamed.row()).isEqualTo(new RowId(TABLE, "Pen"));
        assertThat(same.rowBefore()).isEqualTo(new RowId(TABLE, "Pen"));
        assertThat(values(same.before())).containsExactly(Unknown.VALUE, "Pen", Unknown.VALUE);
    }

    /** Of a flattened update nobody can tell whether an old identity was sent. */
    @Test
    void aFlattenedUpdateHasTheRecordsKeyInCommonAndNoMore() {
        Catalog catalog = catalog(new OldRow.Only(List.of("name")));
        SinkRecord update = topic.update(topic.at(1L, 2), topic.values(0L, "Pencil", 0), pen);
        SinkRecord flattened = Form.flattened(Form.ADDED_FIELDS, update);
        assertThat(flattened).isNotNull();

        Change.Update change = (Change.Update) read(catalog, flattened);

        assertThat(change.rowBefore()).isEqualTo(change.row());
        assertThat(values(change.before())).containsExactly(Unknown.VALUE, Unknown.VALUE, Unknown.VALUE);
    }

    @Test
    void aKeyThatIsAPartOfTheRowsDoesNotNameItAnew() {
        Catalog catalog = new Catalog(Map.of(
                TABLE, new Catalog.Table(TABLE, COLUMNS, List.of(List.of("id", "name")), new OldRow.Everything())));

        Change.Update update = (Change.Update) read(catalog, topic.update(topic.at(1L, 2), null, pen));

        assertThat(update.rowBefore()).isEqualTo(update.row()).isEqualTo(new RowId(TABLE, "17,Pen"));
    }

    @Test
    void aRowWithoutAnyKeyIsKnownByADigest() {
        Topic keyless = Topic.postgres(Topic.products());

        Change.Insert insert = (Change.Insert) read(Catalog.NONE, keyless.insert(keyless.at(1L, 2), pen));

        assertThat(insert.row().key()).startsWith("#").doesNotContain("Pen");
    }

    private static Catalog catalog(OldRow oldRow) {
        return new Catalog(Map.of(TABLE, new Catalog.Table(TABLE, COLUMNS, List.of(List.of("id")), oldRow)));
    }

    private static Change read(Catalog catalog, SinkRecord record) {
        return ((Reading.Changed) new TopicReader(catalog, 1).read(record)).change();
    }

    private static List<@Nullable Object> values(Row row) {
        List<@Nullable Object> values = new ArrayList<>();
        row.columns().forEach(column -> values.add(row.get(column)));
        return values;
    }
}
