package dev.freshet.plan;

import static dev.freshet.plan.Catalogue.ROW;
import static dev.freshet.plan.Catalogue.delete;
import static dev.freshet.plan.Catalogue.insert;
import static dev.freshet.plan.Catalogue.plan;
import static dev.freshet.plan.Catalogue.snapshot;
import static dev.freshet.plan.Catalogue.told;
import static dev.freshet.plan.Catalogue.truncate;
import static dev.freshet.plan.Catalogue.unknownBut;
import static dev.freshet.plan.Catalogue.update;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.change.Change;
import dev.freshet.change.RowId;
import dev.freshet.change.Unknown;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** "What each change does" to entries of which a row owns a part. */
class SharedEntriesTest {
    private static final String MEMBER = """
            rules:
              r:
                table: public.product
                where: status == "live"
                put: [{key: "c:{category_id}", as: set, member: "p:{id}", ttl: none}]
            """;
    private static final String SCORE = """
            rules:
              r:
                table: public.product
                where: status == "live"
                put: [{key: "c:{category_id}", as: sorted_set, member: "{id}", score: price, ttl: none}]
            """;
    private static final String FIELD = """
            rules:
              r:
                table: public.product
                where: status == "live"
                put: [{key: "c:{category_id}", as: hash, member: "{id}", value: note, ttl: none}]
            """;
    private static final String FIELDS = """
            rules:
              r:
                table: public.product
                where: status == "live"
                put: [{key: "p:{id}", as: hash, merge: true, value: {price: price, note: note}, ttl: none}]
            """;

    private static final MapRow OUT = ROW.with("status", "draft");
    private static final MapRow MOVED = ROW.with("category_id", 8L);

    static Stream<Arguments> changes() {
        return Stream.of(
                row("member: insert, in", MEMBER, insert(ROW), "put c:7 p:3"),
                row("member: insert, out", MEMBER, insert(OUT)),
                row("member: update, another key", MEMBER, update(ROW, MOVED), "put c:8 p:3", "remove c:7 p:3"),
                row("member: update of nothing it reads", MEMBER, update(ROW, ROW.with("note", "y"))),
                row("member: update, only in(new)", MEMBER, update(OUT, MOVED), "put c:8 p:3"),
                row("member: update, only in(old)", MEMBER, update(ROW, OUT), "remove c:7 p:3"),
                row("member: update, neither in", MEMBER, update(OUT, OUT.with("category_id", 8L))),
                row("member: delete, in", MEMBER, delete(ROW), "remove c:7 p:3"),
                row("member: delete, out", MEMBER, delete(OUT)),
                row("member: snapshot row, in", MEMBER, snapshot(ROW), "put c:7 p:3"),
                row("member: snapshot row, out", MEMBER, snapshot(OUT)),
                row(
                        "member: truncate takes this table's members alone",
                        MEMBER,
                        truncate(),
                        "sweep \\Ac:(?:-?[0-9]+)\\z member \\Ap:(?:-?[0-9]+)\\z"),
                row("member: NULL in the key", MEMBER, update(ROW, ROW.with("category_id", null)), "remove c:7 p:3"),
                row("score: insert", SCORE, insert(ROW), "put c:7 3 = 1.5"),
                row("score: another score", SCORE, update(ROW, ROW.with("price", 2L)), "put c:7 3 = 2.0"),
                row("score: NULL is no member", SCORE, update(ROW, ROW.with("price", null)), "remove c:7 3"),
                row("score: delete", SCORE, delete(ROW), "remove c:7 3"),
                row("score: truncate", SCORE, truncate(), "sweep \\Ac:(?:-?[0-9]+)\\z member \\A(?:-?[0-9]+)\\z"),
                row("field: insert", FIELD, insert(ROW), "put c:7 3 = x"),
                row("field: another value", FIELD, update(ROW, ROW.with("note", "y")), "put c:7 3 = y"),
                row("field: another field", FIELD, update(ROW, ROW.with("id", 4L)), "put c:7 4 = x", "remove c:7 3"),
                row("field: NULL is no field", FIELD, update(ROW, ROW.with("note", null)), "remove c:7 3"),
                row("field: delete", FIELD, delete(ROW), "remove c:7 3"),
                row("field: truncate", FIELD, truncate(), "sweep \\Ac:(?:-?[0-9]+)\\z field \\A(?:-?[0-9]+)\\z"),
                row("fields: insert", FIELDS, insert(ROW), "put p:3 note,price = {note=x, price=1.50}"),
                row(
                        "fields: a NULL one goes, the others stay",
                        FIELDS,
                        update(ROW, ROW.with("note", null)),
                        "put p:3 note,price = {price=1.50}"),
                row(
                        "fields: all NULL",
                        FIELDS,
                        update(ROW, ROW.with("note", null).with("price", null)),
                        "remove p:3 note,price"),
                row("fields: update of nothing it reads", FIELDS, update(ROW, MOVED)),
                row("fields: delete", FIELDS, delete(ROW), "remove p:3 note,price"),
                row("fields: truncate", FIELDS, truncate(), "sweep \\Ap:(?:-?[0-9]+)\\z fields [note, price]"),
                row(
                        "an old row that is not known counts as in",
                        MEMBER,
                        update(unknownBut(ROW, "id").with("category_id", 7L), OUT),
                        "remove c:7 p:3"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("changes")
    void eachChangeDoesWhatTheReferenceSays(String name, String rules, Change change, List<String> expected) {
        assertThat(told(change, rules)).isEqualTo(expected);
    }

    private static Arguments row(String name, String rules, Change change, String... expected) {
        return Arguments.of(name, rules, change, List.of(expected));
    }

    @Test
    void aListMakesAPartOfEachElementInEachKey() {
        String rules = """
                rules:
                  r:
                    table: public.product
                    put: [{key: "t:{topics}", as: set, member: '{["a", "b"]}{id}', ttl: none}]
                """;

        assertThat(told(update(ROW, ROW.with("topics", List.of("office", "art"))), rules))
                .containsExactly(
                        "put t:office a3",
                        "put t:office b3",
                        "put t:art a3",
                        "put t:art b3",
                        "remove t:ink a3",
                        "remove t:ink b3");
    }

    @Test
    void aPartBelongsToItsRowAndIsRemovedUnderTheNameThatTheRowHad() {
        Change change = update(ROW, ROW.with("id", 4L));

        assertThat(plan(change, SCORE).operations())
                .extracting(operation -> switch (operation) {
                    case Operation.PutPart put -> put.owner();
                    case Operation.RemovePart remove -> remove.owner();
                    default -> throw new AssertionError(operation);
                })
                .containsExactly(new RowId(Catalogue.PRODUCT, "4"), new RowId(Catalogue.PRODUCT, "3"));
    }

    @Test
    void aPartWhoseContentCannotBeMadeGoesAndTheDeadLetterSaysWhy() {
        for (Object score : List.of(Unknown.VALUE, "high", Double.NaN)) {
            Plan plan = plan(update(ROW, ROW.with("price", score)), SCORE);

            assertThat(Words.of(plan)).containsExactly("remove c:7 3");
            assertThat(plan.failures())
                    .singleElement()
                    .satisfies(failure -> assertThat(failure.path()).isEqualTo("put[0].score"));
        }
    }

    @Test
    void aPartThatIsRemovedAndWrittenByOneChangeIsWritten() {
        String rules = """
                rules:
                  a: {table: public.product, put: [{key: "s:{note}", as: set, member: "{category_id}", ttl: none}]}
                  b: {table: public.product, put: [{key: "s:{slug}", as: set, member: "{category_id}", ttl: none}]}
                """;

        assertThat(told(update(ROW, ROW.with("note", "pen").with("slug", "x")), rules))
                .containsExactly("put s:pen 7", "put s:x 7");
    }
}
