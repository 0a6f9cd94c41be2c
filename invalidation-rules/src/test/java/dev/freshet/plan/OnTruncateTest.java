package dev.freshet.plan;

import static dev.freshet.plan.Catalogue.plan;
import static dev.freshet.plan.Catalogue.told;
import static dev.freshet.plan.Catalogue.truncate;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OnTruncateTest {
    private static final String RULE = """
            edges: {site: {type: fastly, service: s, token: t}}
            rules:
              r:
                table: public.product
                put: [{key: "p:{id}", as: json, value: [id], ttl: none}]
                invalidate: [{key: "l:{category_id}"}]
                purge: [{tag: "p-{id}"}]
                publish: [{channel: c, value: {op: change.op}}]
            """;

    @Test
    void whereNothingIsSaidKeysAreSweptMessagesSentAndPurgesLeftToAPerson() {
        Plan plan = plan(truncate(), RULE);

        assertThat(Words.of(plan))
                .containsExactly(
                        "sweep \\Ap:(?:-?[0-9]+)\\z",
                        "sweep \\Al:(?:-?[0-9]+)\\z",
                        "publish channel c {\"op\":\"truncate\"}");
        assertThat(plan.failures()).extracting(Failure::path).containsExactly("purge[0]");
    }

    @Test
    void anEmptyMapDoesNothing() {
        Plan plan = plan(truncate(), RULE + "    on_truncate: {}\n");

        assertThat(plan.operations()).isEmpty();
        assertThat(plan.failures()).isEmpty();
    }

    @Test
    void actionsStandInPlaceOfThoseOfTheirKindAndTheRulesEntriesStillGo() {
        Plan plan = plan(truncate(), RULE + "    on_truncate: {purge: [{tag: catalogue}, {all: true}]}\n");

        assertThat(Words.of(plan))
                .containsExactly(
                        "sweep \\Ap:(?:-?[0-9]+)\\z",
                        "sweep \\Al:(?:-?[0-9]+)\\z",
                        "purge site catalogue",
                        "purge site everything",
                        "publish channel c {\"op\":\"truncate\"}");
        assertThat(plan.failures()).isEmpty();
    }

    @Test
    void everyKindOfActionCanBeSaid() {
        String rules = RULE + """
                    on_truncate:
                      invalidate: [{key: home}, {tag: lists}, {prefix: "l:"}]
                      purge: []
                      publish: [{stream: "s", value: {table: table.name}}]
                    allow: [scan]
                """;

        assertThat(told(truncate(), rules))
                .containsExactly(
                        "sweep \\Ap:(?:-?[0-9]+)\\z",
                        "invalidate home",
                        "invalidate tag lists",
                        "invalidate prefix l:",
                        "publish stream s {\"table\":\"product\"}");
    }

    @Test
    void entriesWhoseKeysCannotBeMatchedStay() {
        String rules = """
                rules:
                  r:
                    table: public.product
                    put: [{key: "{id}:p", as: json, value: [id], ttl: none}]
                    on_truncate: {invalidate: [{tag: products}]}
                """;

        assertThat(told(truncate(), rules)).containsExactly("invalidate tag products");
    }
}
