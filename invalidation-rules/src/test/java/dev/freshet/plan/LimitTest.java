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
        return "edges: {site: {type: fastly}}\nrules: {r: {table: public.product, " + rest + "}}";
    }

    @Test
    void asManyNamesAsTheLimitAreMade() {
        String rules = rules("limit: 5, invalidate: [{key: 't:{topics}'}]");

        assertThat(plan(insert(ROW.with("topics", topics(5))), rules).operations())
                .hasSize(5);
    }

    @Test
    void aboveTheLimitNothingIsDoneAndTheDeadLetterSaysWhy() {
        Plan plan = plan(
                insert(ROW.with("topics", topics(6))),
                rules("limit: 5, invalidate: [{key: 't:{topics}'}, {key: 'k:{id}'}]"));

        assertThat(plan.operations()).isEmpty();
        assertThat(plan.failures())
                .containsExactly(new Failure(
                        new RuleName("r"),
                        "limit",
                        "the change makes 7 names, and the rule's limit is 5; nothing was done for it"));
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

        assertThat(plan.operations()).hasSize(6);
        assertThat(plan.failures()).hasSize(1);
    }
}
