package dev.freshet.connector.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.checkpoint.TableForm;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is to be done for each way in which the catalogue can say something else of a table. */
class AlterationTest {
    private static final Schema.Column ID = column(1, "id", "1");
    private static final Schema.Column MOOD = new Schema.Column(3, "mood", "mood", "", "1", List.of("7:good", "8:bad"));
    private static final Schema.Column TOTAL = new Schema.Column(4, "total", "bigint", "s", "1", List.of());
    private static final Schema SCHEMA =
            new Schema("full", "16.1", "p", "f1", List.of(ID, MOOD, TOTAL), List.of("1.9", "2.9"));
    private static final Map<String, String> BOUNDS = Map.of("1.9", "id < 10", "2.9", "id >= 10", "3.9", "id >= 20");

    private static final Alteration NONE = new Alteration.None();
    private static final Alteration SOME_MAY_BE_GONE = new Alteration.OfRows("", true);
    private static final Alteration ALL_ARE_THERE = new Alteration.OfRows("", false);

    private static final Alteration OTHER_COLUMNS = new Alteration.OfColumns();

    private static Schema.Column column(int number, String name, String mark) {
        return new Schema.Column(number, name, "bigint", "", mark, List.of());
    }

    private static Schema.Column touched(Schema.Column column) {
        return new Schema.Column(
                column.number(), column.name(), column.type(), column.generated(), "2", column.labels());
    }

    private static Schema with(String files, Schema.Column... columns) {
        return new Schema("full", "16.1", "p", files, List.of(columns), SCHEMA.partitions());
    }

    private static Schema partitioned(String... partitions) {
        return new Schema("full", "16.1", "p", "f2", SCHEMA.columns(), List.of(partitions));
    }

    private static Schema.Column labelled(String... labels) {
        return new Schema.Column(3, "mood", "mood", "", "1", List.of(labels));
    }

    static Stream<Arguments> alterations() {
        return Stream.of(
                Arguments.of("nothing", SCHEMA, NONE),
                Arguments.of("VACUUM FULL", with("f2", ID, MOOD, TOTAL), NONE),
                Arguments.of("SET NOT NULL", with("f1", touched(ID), MOOD, TOTAL), NONE),
                Arguments.of("TYPE bigint USING id + 1", with("f2", touched(ID), MOOD, TOTAL), SOME_MAY_BE_GONE),
                Arguments.of("another generation expression", with("f1", ID, MOOD, touched(TOTAL)), SOME_MAY_BE_GONE),
                Arguments.of("ADD COLUMN", with("f1", ID, MOOD, TOTAL, column(5, "more", "2")), ALL_ARE_THERE),
                Arguments.of(
                        "DROP COLUMN, ADD COLUMN of another name",
                        with("f1", ID, TOTAL, column(5, "more", "2")),
                        ALL_ARE_THERE),
                Arguments.of(
                        "TYPE text",
                        with("f1", new Schema.Column(1, "id", "text", "", "1", List.of()), MOOD, TOTAL),
                        OTHER_COLUMNS),
                Arguments.of("RENAME COLUMN", with("f1", column(1, "number", "2"), MOOD, TOTAL), OTHER_COLUMNS),
                Arguments.of("DROP COLUMN", with("f1", ID, TOTAL), ALL_ARE_THERE),
                Arguments.of(
                        "DROP COLUMN, ADD COLUMN of that name",
                        with("f1", column(5, "id", "2"), MOOD, TOTAL),
                        SOME_MAY_BE_GONE),
                Arguments.of(
                        "DROP COLUMN, ADD COLUMN of that name, of another type",
                        with("f1", new Schema.Column(5, "id", "text", "", "2", List.of()), MOOD, TOTAL),
                        OTHER_COLUMNS),
                Arguments.of(
                        "DROP EXPRESSION",
                        with("f1", ID, MOOD, new Schema.Column(4, "total", "bigint", "", "2", List.of())),
                        OTHER_COLUMNS),
                Arguments.of("ADD VALUE", with("f1", ID, labelled("7:good", "8:bad", "9:so"), TOTAL), NONE),
                Arguments.of("RENAME VALUE", with("f1", ID, labelled("7:fine", "8:bad"), TOTAL), SOME_MAY_BE_GONE),
                Arguments.of("a partition dropped or detached", partitioned("2.9"), SOME_MAY_BE_GONE),
                Arguments.of(
                        "one attached", partitioned("1.9", "2.9", "3.9"), new Alteration.OfRows("(id >= 20)", false)),
                Arguments.of("one without rows of its own attached", partitioned("1.9", "2.9", "4.9"), NONE),
                Arguments.of("one detached and attached again", partitioned("1.9", "3.9"), SOME_MAY_BE_GONE),
                Arguments.of(
                        "left out of the publication for a while",
                        new Schema("full", "17.2", "p", "f1", SCHEMA.columns(), SCHEMA.partitions()),
                        SOME_MAY_BE_GONE),
                Arguments.of(
                        "SET UNLOGGED",
                        new Schema("full", "16.1", "u", "f2", SCHEMA.columns(), SCHEMA.partitions()),
                        SOME_MAY_BE_GONE),
                Arguments.of(
                        "REPLICA IDENTITY",
                        new Schema("default", "16.1", "p", "f1", List.of(), List.of()),
                        new Alteration.OfIdentity()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("alterations")
    void whatTheCatalogueSaysNowDecides(String name, Schema now, Alteration alteration) {
        assertThat(Alteration.of(Optional.of(SCHEMA), new Seen(now, BOUNDS))).isEqualTo(alteration);
    }

    @Test
    void ofATableThatIsNotKnownAnyRowMayHaveBeenThere() {
        assertThat(Alteration.of(Optional.empty(), new Seen(SCHEMA, BOUNDS))).isEqualTo(SOME_MAY_BE_GONE);
    }

    @Test
    void ofATableThatWasNotFollowedNoRowCanBeGone() {
        assertThat(Alteration.of(Optional.of(SCHEMA.withoutRows()), new Seen(SCHEMA, BOUNDS)))
                .isEqualTo(ALL_ARE_THERE);
    }

    @Test
    void everyPartOfASchemaIsKeptInItsForm() {
        assertThat(Schema.of(SCHEMA.form())).contains(SCHEMA);
    }

    @Test
    void aFormOfAnotherVersionIsNotRead() {
        assertThat(Schema.of(new TableForm("{\"identity\":\"full\"}"))).isEmpty();
        assertThat(Schema.of(new TableForm("?"))).isEmpty();
    }
}
