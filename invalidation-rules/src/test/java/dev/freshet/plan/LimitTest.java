package dev.freshet.plan;

import static dev.freshet.plan.Catalogue.ROW;
import static dev.freshet.plan.Catalogue.insert;
import static dev.freshet.plan.Catalogue.plan;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.rules.RuleName;
import java.util.Collections;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LimitTest {
    private static List<Object> topics(int count) {
        return Collections.unmodifiableList(
                LongStream.range(0, count).boxed().<Object>map(each -> each).toList());
    }

    private static String rules(String rest) {
        return "edges: {site: {type: fastly, service: s, token: t}}\nrules: {r: {table: public.product, " + rest + "}}";
    }

    @Test
    void asManyNamesAsTheLimitAreMade() {
        String rules = rules("limit: 5, invalidate: [{key: 't:{topics}'}]");

        assertThat(plan(insert(ROW.with("topics", topics(5))), rules).operations())
                .hasSize(5);
    }

    /** What would be stale goes, though nothing comes in its place. */
    @Test
    void aboveTheLimitEntriesGoAndTheDeadLetterSaysWhy() {
        Plan plan = plan(insert(ROW.with("topics", topics(2))), rules("""
                limit: 5,
                put: [{key: "p:{id}:{topics}", as: json, value: [id], tags: ["all"], ttl: none}, {key: "s:{topics}", as: set, member: "{id}", ttl: none}],
                invalidate: [{key: "t:{topics}"}, {tag: "k-{id}"}],
                purge: [{tag: "p-{id}"}],
                publish: [{stream: changes, value: {id: id}}]"""));

        assertThat(Words.of(plan))
                .containsExactly(
                        "invalidate p:3:0",
                        "invalidate p:3:1",
                        "drop s:0 3",
                        "drop s:1 3",
                        "invalidate t:0",
                        "invalidate t:1",
                        "invalidate tag k-3");
        assertThat(plan.failures())
                .containsExactly(new Failure(
                        new RuleName("r"),
                        "limit",
                        "the change makes 9 names, and the rule's limit is 5; entries of these names were removed, nothing"
                                + " was put, purged or told; raise the limit"));
    }

    @Test
    void aboveTheLimitPurgesAreEscalatedFirst() {
        Plan plan = plan(
                insert(ROW.with("topics", topics(6))),
                rules(
                        "limit: 5, purge: [{tag: 't-{topics}', escalate: [{tag: topics}, {all: true}]}, {tag: 'p-{id}'}]"));

        assertThat(Words.of(plan)).containsExactly("purge site topics else [everything]", "purge site p-3");
        assertThat(plan.failures()).isEmpty();
    }

    @Test
    void withoutALimitTenThousandNamesAreMade() {
        String rules = rules("invalidate: [{key: 't:{topics}'}]");

        assertThat(plan(insert(ROW.with("topics", topics(10_000))), rules).operations())
                .hasSize(10_000);
        assertThat(plan(insert(ROW.with("topics", topics(10_001))), rules).failures())
                .hasSize(1);
    }

    @Test
    void oneRulesLimitIsNoOthers() {
        Plan plan = plan(insert(ROW.with("topics", topics(6))), """
                rules:
                  few: {table: public.product, limit: 5, invalidate: [{key: "few:{topics}"}]}
                  many: {table: public.product, invalidate: [{key: "many:{topics}"}]}
                """);

        assertThat(plan.failures()).singleElement().extracting(Failure::rule).isEqualTo(new RuleName("few"));
    }
}
