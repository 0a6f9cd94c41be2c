package dev.freshet.plan;

import static dev.freshet.plan.Catalogue.CATALOG;
import static dev.freshet.plan.Catalogue.ROW;
import static dev.freshet.plan.Catalogue.delete;
import static dev.freshet.plan.Catalogue.insert;
import static dev.freshet.plan.Catalogue.plan;
import static dev.freshet.plan.Catalogue.rules;
import static dev.freshet.plan.Catalogue.snapshot;
import static dev.freshet.plan.Catalogue.told;
import static dev.freshet.plan.Catalogue.truncate;
import static dev.freshet.plan.Catalogue.unknownBut;
import static dev.freshet.plan.Catalogue.update;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.change.Change;
import dev.freshet.rules.expression.EvaluationException;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** "What each change does" to entries that a query fills, and rules that act for every row that a query finds. */
class QueriesTest {
    private static final String RULES = """
            rules:
              r:
                table: public.product
                where: status == "live"
                put:
                  - key: category:{category_id}
                    as: json
                    query: select count(*) as n from product where category_id = {category_id}
                    ttl: none
                    tags: ["lists", "list-{category_id}"]
            """;

    private static final String FOR_EACH = """
            rules:
              r:
                table: public.product
                for_each: {c: "select id, slug from category where id = {category_id}"}
                put: [{key: "category:{c.id}", as: json, ttl: none, query: "select 1 as n where 1 = {c.id}"}]
                invalidate: [{key: "c:{c.slug}"}, {tag: "all"}]
                publish: [{channel: news, value: {name: after.slug, of: c.slug}}]
            """;

    private static final MapRow OUT = ROW.with("status", "draft");
    private static final MapRow MOVED = ROW.with("category_id", 8L);

    static Stream<Arguments> changes() {
        String seven = "refresh category:7 by [7] +list-7 +lists";
        String eight = "refresh category:8 by [8] +list-8 +lists";
        return Stream.of(
                row("insert, in", insert(ROW), seven),
                row("insert, out", insert(OUT)),
                row("update, both in", update(ROW, ROW), seven),
                row("update, both in, other key", update(ROW, MOVED), seven, eight),
                row("update, only in(new)", update(OUT.with("category_id", 8L), ROW), seven),
                row("update, only in(old)", update(ROW, MOVED.with("status", "draft")), seven),
                row("update, neither in", update(OUT, OUT.with("category_id", 8L))),
                row("delete, in", delete(ROW), seven),
                row("delete, out", delete(OUT)),
                row("snapshot row, in", snapshot(ROW), seven),
                row("snapshot row, out", snapshot(OUT)),
                row("truncate", truncate(), "sweep \\Acategory:(?:-?[0-9]+)\\z"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("changes")
    void eachChangeDoesWhatTheReferenceSays(String name, Change change, List<String> expected) {
        assertThat(told(change, RULES)).isEqualTo(expected);
    }

    private static Arguments row(String name, Change change, String... expected) {
        return Arguments.of(name, change, List.of(expected));
    }

    @Test
    void aListInTheKeyIsAQuestionOfEachElement() {
        String rules = """
                rules:
                  r:
                    table: public.product
                    put:
                      - key: topic:{topics}:{id}
                        as: set
                        query: select slug as member from product where {topics} = any (topics) and id = {id}
                        ttl: none
                        tags: ["t-{topics}"]
                """;

        assertThat(told(insert(ROW), rules))
                .containsExactly(
                        "refresh topic:ink:3 by [ink, 3] +t-ink", "refresh topic:office:3 by [office, 3] +t-office");
    }

    @Test
    void columnsAndWhenSayWhichChangesRefresh() {
        String rules = RULES.replace("put:", "columns: [price]\n    when: after.price > 2\n    put:");

        assertThat(told(update(ROW, ROW.with("note", "y")), rules)).isEmpty();
        assertThat(told(update(ROW, ROW.with("price", new BigDecimal("1.70"))), rules))
                .isEmpty();
        assertThat(told(update(ROW, ROW.with("price", new BigDecimal("2.70"))), rules))
                .hasSize(1);
        assertThat(told(snapshot(ROW), rules)).hasSize(1);
    }

    @Test
    void aTruncateFindsNoRow() {
        String rules = """
                edges: {site: {type: fastly, service: s, token: t}}
                rules:
                  r:
                    table: public.product
                    for_each: {c: "select id, slug from category where id = {category_id}"}
                    purge: [{tag: catalogue, escalate: [{tag: "c-{c.id}"}]}]
                    publish: [{channel: "c-{c.id}", value: [slug]}, {channel: news, value: {op: change.op, of: c.slug}}]
                """;

        assertThat(told(truncate(), rules))
                .containsExactly("purge site catalogue", "publish channel news {\"op\":\"truncate\",\"of\":null}");
    }

    @Test
    void whatIsFoundBecomesTheEntry() {
        assertThat(answer("json", MapRow.of("n", 3L, "name", null))).isEqualTo("{\"n\":3,\"name\":null}");
        assertThat(answer("hash", MapRow.of("n", 3L, "name", null))).isEqualTo("{n=3}");
        assertThat(answer("string", MapRow.of("n", 3L))).isEqualTo("3");
        assertThat(answer("set", MapRow.of("member", 3L), MapRow.of("member", null), MapRow.of("member", "x")))
                .isEqualTo("[3, x]");
        assertThat(answer("sorted_set", MapRow.of("member", "x", "score", new BigDecimal("1.5"))))
                .isEqualTo("{x=1.5}");
        assertThat(answer("json, rows: many", MapRow.of("n", 1L), MapRow.of("n", 2L)))
                .isEqualTo("[{\"n\":1},{\"n\":2}]");
    }

    @Test
    void whatIsNotFoundHasNoEntry() {
        assertThat(answer("json")).isEqualTo("no entry");
        assertThat(answer("json, rows: many")).isEqualTo("no entry");
        assertThat(answer("string", MapRow.of("n", null))).isEqualTo("no entry");
        assertThat(answer("hash", MapRow.of("n", null))).isEqualTo("no entry");
        assertThat(answer("set", MapRow.of("member", null))).isEqualTo("no entry");
    }

    @Test
    void whatFitsNoEntryIsRefused() {
        assertRefused("json", "more than one row", MapRow.of("n", 1L), MapRow.of("n", 2L));
        assertRefused("string", "has 2", MapRow.of("n", 1L, "m", 2L));
        assertRefused("set", "no column 'member'; it has name", MapRow.of("name", 1L));
        assertRefused("sorted_set", "a score is a number", MapRow.of("member", 1L, "score", "much"));
    }

    private static void assertRefused(String as, String reason, MapRow... rows) {
        assertThatThrownBy(() -> answer(as, rows))
                .isInstanceOf(EvaluationException.class)
                .hasMessageContaining(reason);
    }

    private static String answer(String as, MapRow... rows) {
        Operation.Refresh refresh = (Operation.Refresh) plan(
                        insert(ROW),
                        "rules: {r: {table: public.product, put: [{key: \"c:{id}\", query: \"select {id}\","
                                + " ttl: none, as: " + as + "}]}}")
                .operations()
                .getFirst();
        return switch (refresh.answered(List.of(rows))) {
            case Operation.PutFound put -> Words.of(put.entry());
            case Operation.RemoveFound remove -> "no entry";
            case Operation.OnEntry other -> throw new AssertionError(other);
        };
    }

    @Test
    void aRuleActsForEachRowThatItsQueryFinds() {
        FanOut fanOut = fanOut(update(ROW, ROW.with("slug", "biro")));

        assertThat(fanOut.questions()).extracting(Question::values).containsExactly(List.of(7L));
        assertThat(Words.of(fanOut.answered(List.of(List.of(category(7, "pens"), category(9, "gifts"))))))
                .containsExactly(
                        "refresh category:7 by [7]",
                        "invalidate c:pens",
                        "invalidate tag all",
                        "publish channel news {\"name\":\"biro\",\"of\":\"pens\"}",
                        "refresh category:9 by [9]",
                        "invalidate c:gifts",
                        "publish channel news {\"name\":\"biro\",\"of\":\"gifts\"}");
    }

    @Test
    void theOldRowsFindingsCountWhereItAsksForSomethingElse() {
        FanOut fanOut = fanOut(update(ROW, MOVED));

        assertThat(fanOut.questions()).extracting(Question::values).containsExactly(List.of(7L), List.of(8L));
        assertThat(Words.of(fanOut.answered(List.of(List.of(category(7, "pens")), List.of(category(8, "ink"))))))
                .containsExactly(
                        "refresh category:7 by [7]",
                        "invalidate c:pens",
                        "invalidate tag all",
                        "refresh category:8 by [8]",
                        "invalidate c:ink",
                        "publish channel news {\"name\":\"pen\",\"of\":\"ink\"}");
    }

    @Test
    void aDeleteAsksForTheOldRowAndASnapshotForPutsAlone() {
        assertThat(Words.of(fanOut(delete(ROW)).answered(List.of(List.of(category(7, "pens"))))))
                .containsExactly(
                        "refresh category:7 by [7]",
                        "invalidate c:pens",
                        "invalidate tag all",
                        "publish channel news {\"name\":null,\"of\":\"pens\"}");
        assertThat(Words.of(fanOut(snapshot(ROW)).answered(List.of(List.of(category(7, "pens"))))))
                .containsExactly("refresh category:7 by [7]");
    }

    @Test
    void aParameterThatWasNotSentIsAFailureAndWhatIsKnownIsAsked() {
        Plan plan = plan(update(unknownBut(ROW, "id"), ROW), FOR_EACH);

        assertThat(plan.failures())
                .singleElement()
                .satisfies(failure -> assertThat(failure.reason()).contains("'category_id' was not sent"));
        assertThat(plan.fanOuts().getFirst().questions())
                .extracting(Question::values)
                .containsExactly(List.of(7L));
        assertThat(new Planner(rules(FOR_EACH), CATALOG, OldKeys.MAY_BE_UNKNOWN)
                        .plan(update(unknownBut(ROW, "id"), ROW))
                        .failures())
                .isEmpty();
    }

    private static FanOut fanOut(Change change) {
        Plan plan = plan(change, FOR_EACH);
        assertThat(plan.operations()).isEmpty();
        assertThat(plan.failures()).isEmpty();
        return plan.fanOuts().getFirst();
    }

    private static MapRow category(long id, String slug) {
        return MapRow.of("id", id, "slug", slug);
    }
}
