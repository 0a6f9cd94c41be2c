package dev.freshet.plan;

import static dev.freshet.plan.Catalogue.ROW;
import static dev.freshet.plan.Catalogue.insert;
import static dev.freshet.plan.Catalogue.plan;
import static dev.freshet.plan.Catalogue.snapshot;
import static dev.freshet.plan.Catalogue.update;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.change.Change;
import dev.freshet.change.Row;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** A query finds more rows than the rule may act on: the database tells of one more than the limit, and not of the rest. */
class WithoutRowsTest {
    private static final String TOO_MANY = "the query finds more than 2 rows, the rule's limit; ";
    private static final String REMOVED =
            "every entry with such a name was removed, whichever row it is of; raise the limit";

    private static String rule(String actions) {
        return """
                edges: {site: {type: fastly, service: s, token: t}, shop: {type: fastly, service: s, token: t, soft: true}}
                rules:
                  r:
                    table: public.product
                    limit: 2
                    for_each: {c: "select id, slug from category where id = {category_id}"}
                """ + actions.indent(4);
    }

    private static List<Row> found(int count) {
        return LongStream.rangeClosed(1, count)
                .<Row>mapToObj(id -> MapRow.of("id", id, "slug", "c" + id))
                .toList();
    }

    private static Plan answered(Change change, String actions, int... found) {
        return plan(change, rule(actions))
                .fanOuts()
                .getFirst()
                .answered(Arrays.stream(found).mapToObj(WithoutRowsTest::found).toList());
    }

    private static List<String> failures(Plan plan) {
        return plan.failures().stream()
                .map(failure -> failure.path() + ": " + failure.reason())
                .toList();
    }

    @Test
    void asManyRowsAsTheLimitAreActedOn() {
        Plan plan = answered(insert(ROW), "invalidate: [{key: 'c:{c.id}'}]", 2);

        assertThat(Words.of(plan)).containsExactly("invalidate c:1", "invalidate c:2");
        assertThat(failures(plan)).isEmpty();
    }

    @Test
    void entriesThatCannotBeNamedGoAsAfterATruncate() {
        Plan plan = answered(insert(ROW), """
                put:
                  - {key: "card:{c.id}:{id}", as: json, ttl: none, query: "select 1 where 1 = {c.id}"}
                  - {key: "{c.slug}:page", as: json, ttl: none, query: "select 1 where 'a' = {c.slug}", tags: ["t-{c.slug}"]}
                invalidate: [{key: "c:{c.slug}"}, {tag: "c-{c.id}"}, {prefix: "c/{c.id}/"}]
                allow: [scan]
                """, 3);

        assertThat(Words.of(plan))
                .containsExactly(
                        "sweep \\Acard:(?:.*):(?:-?[0-9]+)\\z",
                        "sweep \\A(?:.*):page\\z tagged \\At-(?:.*)\\z",
                        "sweep \\Ac:(?:.*)\\z",
                        "invalidate tags \\Ac-(?:.*)\\z",
                        "sweep \\Ac/(?:.*)/.*\\z");
        assertThat(failures(plan))
                .containsExactly(
                        "put[0]: " + TOO_MANY + REMOVED,
                        "put[1]: " + TOO_MANY + REMOVED,
                        "invalidate[0]: " + TOO_MANY + REMOVED,
                        "invalidate[1]: " + TOO_MANY + REMOVED,
                        "invalidate[2]: " + TOO_MANY + REMOVED);
    }

    @Test
    void entriesThatCannotBeToldFromOthersAreSaidToBeStale() {
        Plan plan = answered(insert(ROW), """
                put: [{key: "{c.slug}:page", as: json, ttl: none, query: "select 1 where 'a' = {c.slug}"}]
                invalidate: [{key: "{c.slug}"}]
                on_truncate: {}
                """, 3);

        assertThat(plan.operations()).isEmpty();
        assertThat(failures(plan))
                .hasSize(2)
                .allSatisfy(failure -> assertThat(failure)
                        .contains(TOO_MANY + "entries may be stale, since such names cannot be told from others"));
    }

    @Test
    void whatReadsNothingOfTheRowsFoundIsDone() {
        Plan invalidated = answered(insert(ROW), "invalidate: [{key: 'list:{category_id}'}, {tag: all}]", 3);
        Plan refreshed = answered(insert(ROW), """
                put: [{key: "n:{category_id}", as: json, ttl: none, query: "select 1 where 1 = {category_id}"}]
                publish: [{channel: news, value: [slug]}]
                """, 3);
        Plan purged = answered(
                insert(ROW),
                "purge: [{tag: 'l-{category_id}', edge: shop, escalate: [{tag: 'c-{c.id}'}, {all: true}]}]",
                3);

        assertThat(Words.of(invalidated)).containsExactly("invalidate list:7", "invalidate tag all");
        assertThat(Words.of(refreshed))
                .containsExactly("refresh n:7 by [7]", "publish channel news {\"slug\":\"pen\"}");
        assertThat(Words.of(purged)).containsExactly("purge shop l-7 softly else [everything]");
        assertThat(List.of(invalidated, refreshed, purged))
                .allSatisfy(plan -> assertThat(plan.failures()).isEmpty());
    }

    @Test
    void purgesBecomeTheFirstThatIsPurgedInsteadOfThemAll() {
        Plan plan = answered(insert(ROW), """
                purge:
                  - tag: c-{c.id}
                    edge: shop
                    escalate: [{tag: "half-{c.slug}"}, {tag: "category-{category_id}"}, {all: true}]
                """, 3);

        assertThat(Words.of(plan)).containsExactly("purge shop category-7 else [everything]");
        assertThat(failures(plan)).isEmpty();
    }

    @Test
    void aLevelOfWhichTheRowHasNoNameIsPassedOver() {
        Plan plan = answered(
                insert(ROW.with("note", null)),
                "purge: [{tag: 'c-{c.id}', edge: site, escalate: [{tag: 'n-{note}'}, {all: true}]}]",
                3);

        assertThat(Words.of(plan)).containsExactly("purge site everything");
    }

    @Test
    void aPurgeThatNothingStandsForIsAFailure() {
        Plan plan = answered(
                insert(ROW.with("note", null)),
                "purge: [{tag: 'c-{c.id}', escalate: [{tag: 'half-{c.slug}'}, {tag: 'n-{note}'}]}]",
                3);

        assertThat(plan.operations()).isEmpty();
        assertThat(failures(plan))
                .containsExactly("purge[0]: " + TOO_MANY
                        + "nothing was purged, and no escalate says what to purge instead of them all; write escalate: "
                        + "[{all: true}], or raise the limit");
    }

    @Test
    void nobodyIsToldOfSomeOfThem() {
        Plan plan = answered(
                insert(ROW),
                "publish: [{channel: news, value: {of: c.slug}}, {channel: 'c-{c.id}', value: [slug]}]",
                3);

        assertThat(plan.operations()).isEmpty();
        assertThat(failures(plan))
                .containsExactly(
                        "publish[0]: " + TOO_MANY + "nobody was told; raise the limit",
                        "publish[1]: " + TOO_MANY + "nobody was told; raise the limit");
    }

    @Test
    void whatTheOtherRowFindsIsWrittenAfterTheSweep() {
        String put = "put: [{key: 'c:{c.id}', as: json, ttl: none, query: 'select 1 where 1 = {c.id}'}]";

        Plan plan = answered(update(ROW, ROW.with("category_id", 8L)), put, 1, 3);

        assertThat(Words.of(plan)).containsExactly("sweep \\Ac:(?:.*)\\z", "refresh c:1 by [1]");
        assertThat(failures(plan)).containsExactly("put[0]: " + TOO_MANY + REMOVED);
    }

    @Test
    void tooManyOfTheOldRowAndOfTheNewAreToldOnce() {
        Plan plan = answered(update(ROW, ROW.with("category_id", 8L)), "invalidate: [{key: 'c:{c.id}'}]", 3, 3);

        assertThat(Words.of(plan)).containsExactly("sweep \\Ac:(?:.*)\\z");
        assertThat(failures(plan)).containsExactly("invalidate[0]: " + TOO_MANY + REMOVED);
    }

    @Test
    void aSnapshotsRowRemovesNothing() {
        Plan plan = answered(
                snapshot(ROW), "put: [{key: 'c:{c.id}', as: json, ttl: none, query: 'select 1 where 1 = {c.id}'}]", 3);

        assertThat(plan.operations()).isEmpty();
        assertThat(failures(plan)).containsExactly("put[0]: " + TOO_MANY + "no entry was made; raise the limit");
    }

    @Test
    void fewRowsThatMakeTooManyNamesAreTheSame() {
        Plan plan = answered(insert(ROW), """
                put: [{key: "c:{c.id}", as: json, ttl: none, query: "select 1 where 1 = {c.id}"}]
                invalidate: [{key: "page:{c.slug}"}]
                """, 2);

        assertThat(Words.of(plan)).containsExactly("sweep \\Ac:(?:.*)\\z", "sweep \\Apage:(?:.*)\\z");
        assertThat(failures(plan))
                .containsExactly(
                        "put[0]: the rows that the query finds make 4 names, and the rule's limit is 2; " + REMOVED,
                        "invalidate[0]: the rows that the query finds make 4 names, and the rule's limit is 2; "
                                + REMOVED);
    }

    @Test
    void fewRowsThatFitOncePurgesAreEscalatedAreAllNamed() {
        Plan plan = answered(
                insert(ROW),
                "invalidate: [{tag: all}]\npurge: [{tag: 'c-{c.id}', edge: site, escalate: [{tag: 'l-{c.slug}'}, {all: true}]}]",
                1);
        Plan more = answered(
                insert(ROW),
                "invalidate: [{tag: all}]\npurge: [{tag: 'c-{c.id}', edge: site, escalate: [{tag: lists}, {all: true}]}]",
                2);

        assertThat(Words.of(plan)).contains("purge site c-1 else [l-c1] else [everything]");
        assertThat(Words.of(more)).containsExactly("invalidate tag all", "purge site lists else [everything]");
    }

    @Test
    void whatNobodyCouldAnswerIsTreatedAsTooManyRows() {
        Plan plan = plan(insert(ROW), rule("invalidate: [{key: 'c:{c.id}'}, {key: 'list:{category_id}'}]"))
                .fanOuts()
                .getFirst()
                .answered(List.of(List.of()), Map.of(0, "the query took longer than its timeout"));

        assertThat(Words.of(plan)).containsExactly("sweep \\Ac:(?:.*)\\z", "invalidate list:7");
        assertThat(failures(plan))
                .containsExactly(
                        "invalidate[0]: the query took longer than its timeout; every entry with such a name was"
                                + " removed, whichever row it is of; mend the query");
    }

    @Test
    void aQuestionWithoutAnAnswerCountsAlsoWhereTheOtherNamesTooMuch() {
        Plan plan = plan(
                        update(ROW, ROW.with("category_id", 8L)),
                        rule("invalidate: [{key: 'list:{category_id}'}, {key: 'a:{c.id}'}, {key: 'b:{c.id}'}]"))
                .fanOuts()
                .getFirst()
                .answered(List.of(List.of(), found(2)), Map.of(0, "too slow"));

        assertThat(Words.of(plan))
                .containsExactlyInAnyOrder(
                        "sweep \\Aa:(?:.*)\\z", "sweep \\Ab:(?:.*)\\z", "invalidate list:7", "invalidate list:8");
        assertThat(failures(plan)).anyMatch(failure -> failure.contains("too slow"));
    }
}
