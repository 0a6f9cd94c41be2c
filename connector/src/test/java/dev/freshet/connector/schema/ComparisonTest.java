package dev.freshet.connector.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.change.TableId;
import dev.freshet.connector.backfill.Condition;
import dev.freshet.connector.backfill.Notice;
import dev.freshet.plan.Reached;
import dev.freshet.rules.catalog.Catalog;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What follows where tables were altered: a reading beside the log where that can be done. */
class ComparisonTest {
    private static final TableId ORDER = new TableId("public", "order");
    private static final TableId ITEM = new TableId("public", "item");
    private static final Schema.Column ID = new Schema.Column(1, "id", "bigint", "", "1", List.of());
    private static final Schema.Column MORE = new Schema.Column(2, "more", "text", "", "2", List.of());
    private static final Schema BEFORE = schema(List.of("1.9"), ID);

    private static Schema schema(List<String> partitions, Schema.Column... columns) {
        return new Schema("full", "16.1", "p", "f", List.of(columns), partitions);
    }

    private static Seen seen(Schema schema) {
        return new Seen(schema, Map.of("2.9", "id > 7"));
    }

    /** Items are read whole with orders whose rows may be gone. */
    private static Rereading rereading(Set<TableId> readable, List<List<String>> keysOfItems) {
        Catalog catalog = new Catalog(Map.of(
                ORDER, new Catalog.Table(ORDER, List.of(), List.of(List.of("id")), new Catalog.OldRow.Everything()),
                ITEM, new Catalog.Table(ITEM, List.of(), keysOfItems, new Catalog.OldRow.Everything())));
        return new Rereading(
                (table, gone) -> new Reached(true, new TreeSet<>(gone ? Set.of(ORDER, ITEM) : Set.of())),
                readable,
                catalog);
    }

    private static final Rereading BOTH = rereading(Set.of(ORDER, ITEM), List.of(List.of("id")));

    private static Comparison compared(Schema now, Rereading rereading) {
        return Comparison.of(Map.of(ORDER, BEFORE), Map.of(ORDER, seen(now)), rereading);
    }

    @Test
    void tablesThatAreAsTheyWereAskForNothing() {
        Comparison same = compared(BEFORE, BOTH);

        assertThat(same.gap()).isEmpty();
        assertThat(same.anew()).isEmpty();
        assertThat(same.notices()).isEmpty();
    }

    @Test
    void ofAnAttachedPartitionTheRowsWithinItsBoundsAreRead() {
        assertThat(compared(schema(List.of("1.9", "2.9"), ID), BOTH).notices())
                .singleElement()
                .satisfies(notice -> {
                    assertThat(notice.rowsMayBeGone()).isFalse();
                    assertThat(notice.reads()).containsExactly(new Notice.Read(ORDER, new Condition("(id > 7)")));
                });
    }

    @Test
    void whereRowsMayBeGoneEveryTableIsReadWholeThatTheSweepMayTakeFrom() {
        assertThat(compared(schema(List.of(), ID), BOTH).notices())
                .singleElement()
                .satisfies(notice -> {
                    assertThat(notice.rowsMayBeGone()).isTrue();
                    assertThat(notice.reads())
                            .containsExactly(
                                    new Notice.Read(ITEM, Condition.ALL_ROWS),
                                    new Notice.Read(ORDER, Condition.ALL_ROWS));
                });
    }

    @Test
    void entriesOfTablesThatAreNeverReadGoInstead() {
        assertThat(compared(schema(List.of("1.9"), ID, MORE), rereading(Set.of(), List.of()))
                        .notices())
                .singleElement()
                .satisfies(notice -> {
                    assertThat(notice.rowsMayBeGone()).isTrue();
                    assertThat(notice.reads()).isEmpty();
                });
    }

    @Test
    void whatCannotBeReadBesideTheLogIsReadAnew() {
        Comparison compared = compared(schema(List.of(), ID), rereading(Set.of(ORDER, ITEM), List.of()));

        assertThat(compared.anew())
                .hasValueSatisfying(reason -> assertThat(reason).contains("no unique key"));
        assertThat(compared.notices()).isEmpty();
    }

    @Test
    void otherColumnsAndTablesThatAreGoneBeginAnew() {
        assertThat(compared(schema(List.of("1.9"), new Schema.Column(1, "number", "bigint", "", "1", List.of())), BOTH)
                        .anew())
                .contains("table public.order has a column with another name or type than before");
        assertThat(Comparison.of(Map.of(ORDER, BEFORE), Map.of(), BOTH).anew()).contains("table public.order is gone");
    }

    @Test
    void anotherIdentityIsAGap() {
        Schema other = new Schema("default", "16.1", "p", "f", List.of(ID), List.of("1.9"));

        assertThat(compared(other, BOTH).gap())
                .contains("table public.order has another replica identity or key than before");
    }
}
