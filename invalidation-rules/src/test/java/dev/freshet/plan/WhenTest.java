package dev.freshet.plan;

import static dev.freshet.plan.Catalogue.ROW;
import static dev.freshet.plan.Catalogue.delete;
import static dev.freshet.plan.Catalogue.insert;
import static dev.freshet.plan.Catalogue.plan;
import static dev.freshet.plan.Catalogue.rules;
import static dev.freshet.plan.Catalogue.told;
import static dev.freshet.plan.Catalogue.truncate;
import static dev.freshet.plan.Catalogue.unknownBut;
import static dev.freshet.plan.Catalogue.update;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.change.Change;
import dev.freshet.rules.catalog.Catalog;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class WhenTest {
    private static final MapRow OTHER = ROW.with("status", "draft");

    static Stream<Arguments> events() {
        String changed = "before.status != after.status";
        return Stream.of(
                Arguments.of(changed, update(ROW, OTHER), true),
                Arguments.of(changed, update(ROW, ROW.with("note", "y")), false),
                Arguments.of(changed, insert(ROW), true),
                Arguments.of(changed, insert(ROW.with("status", null)), false),
                Arguments.of(changed, delete(ROW), true),
                Arguments.of(changed, update(unknownBut(ROW, "id"), ROW), true),
                Arguments.of("before.price < after.price", insert(ROW), false),
                Arguments.of("before.price < after.price", update(ROW, ROW.with("price", 9L)), true),
                Arguments.of("change.op == 'insert'", insert(ROW), true),
                Arguments.of("change.op == 'insert'", update(ROW, OTHER), false),
                Arguments.of("change.op in ['update', 'delete']", delete(ROW), true),
                Arguments.of("change.committed_at > '2026-01-01'", insert(ROW), true),
                Arguments.of("size(change.position) > 0", insert(ROW), true),
                Arguments.of("status == 'draft'", update(ROW, OTHER), true),
                Arguments.of("row.status == 'live'", delete(ROW), true),
                Arguments.of("before[\"status\"] == null", insert(ROW), true),
                Arguments.of("null", insert(ROW), false),
                Arguments.of("change.op == 'insert'", truncate(), true));
    }

    @ParameterizedTest(name = "{0}: {2}")
    @MethodSource("events")
    void anEventCountsWhereItIsTrueOrMayBe(String when, Change change, boolean counts) {
        String rules =
                "rules: {r: {table: public.product, when: '" + when.replace("'", "''") + "', invalidate: [{key: k}]}}";

        assertThat(told(change, rules)).hasSize(counts ? 1 : 0);
    }

    @Test
    void namesOfATablesOwnAreColumnsOfBothRows() {
        String rules = """
                rules:
                  r:
                    table: {public.product: {cents: price * 100}}
                    when: before.cents != after.cents
                    invalidate: [{key: "k:{id}"}]
                """;

        assertThat(told(update(ROW, ROW.with("price", 3L)), rules)).containsExactly("invalidate k:3");
        assertThat(told(update(ROW, OTHER), rules)).isEmpty();
    }

    @Test
    void whereItFailsWhatMayBeStaleGoesAndTheDeadLetterSaysWhy() {
        Plan plan = plan(insert(ROW), "rules: {r: {table: public.product, when: id / 0 > 1, invalidate: [{key: k}]}}");

        assertThat(Words.of(plan)).containsExactly("invalidate k");
        assertThat(plan.failures())
                .singleElement()
                .satisfies(failure -> assertThat(failure.path()).isEqualTo("when"));
    }

    @Test
    void oldValuesThatADatabaseDoesNotSendAreNamed() {
        Catalog.Table sent = Catalogue.CATALOG.tables().values().iterator().next();
        Catalog keysOnly = new Catalog(Map.of(
                sent.id(),
                new Catalog.Table(
                        sent.id(), sent.columns(), sent.uniqueKeys(), new Catalog.OldRow.Only(List.of("id")))));

        assertThat(OldRowNeeds.of(
                        rules(
                                "rules: {r: {table: public.product, when: before.status != status, invalidate: [{key: 'k:{id}'}]}}"),
                        keysOnly))
                .extracting(OldRowNeeds.Need::toString)
                .containsExactly("rule r reads the old status of public.product, and the database does not send it");
    }
}
