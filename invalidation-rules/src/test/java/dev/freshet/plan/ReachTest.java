package dev.freshet.plan;

import static dev.freshet.plan.Catalogue.AT;
import static dev.freshet.plan.Catalogue.VERSION;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.change.Change;
import dev.freshet.change.TableId;
import dev.freshet.rules.catalog.Catalog;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Which tables are read with one that was altered, and what goes. */
class ReachTest {
    private static final TableId PRODUCT = new TableId("public", "product");

    private static final String RULES = """
            rules:
              product:
                table: public.product
                put: [{key: "product:{id}", as: json, value: [id], ttl: none, tags: ["c-{category_id}"]}]
              price:
                table: public.price
                put: [{key: "price:{id}", as: json, value: [id], ttl: none}]
              tariff:
                table: public.tariff
                put: [{key: "price:{id}:tariff", as: json, value: [id], ttl: none}]
              page:
                table: [public.category, public.banner]
                put:
                  - {key: "page:{id}", as: json, query: "select name from category where id = {id}", ttl: none}
              teaser:
                table: public.teaser
                for_each: {c: "select id from category where teaser = {id}"}
                put:
                  - {key: "page:{c.id}", as: json, query: "select name from category where id = {c.id}", ttl: none}
              lists:
                table: public.list
                invalidate: [{key: "list:{id}"}]
              tags:
                table: public.tag
                invalidate: [{tag: "c-{id}"}]
            """;

    private static final Catalog CATALOG =
            new Catalog(Stream.of("product", "price", "tariff", "category", "banner", "teaser", "list", "tag")
                    .map(name -> new TableId("public", name))
                    .collect(Collectors.toMap(table -> table, ReachTest::table)));

    private static final Planner PLANNER = new Planner(Catalogue.rules(RULES, CATALOG), CATALOG, OldKeys.REQUIRED);

    private static Catalog.Table table(TableId table) {
        return new Catalog.Table(
                table,
                Stream.of("id", "category_id")
                        .map(name -> new Catalog.Column(name, "bigint", Catalog.Kind.INTEGER, false))
                        .toList(),
                List.of(List.of("id")),
                new Catalog.OldRow.Everything());
    }

    static Stream<Arguments> reaches() {
        return Stream.of(
                row("product", false, "its rows"),
                row("product", true, "its rows", "product"),
                // An entry of the other's, whose fence has expired, looks like one of this table's.
                row("price", false, "its rows"),
                row("price", true, "its rows", "price", "tariff"),
                // What its query finds depends on every table of its rule; the rows of the first say which entries
                // there are.
                row("category", false, "its rows", "category"),
                row("banner", false, "category"),
                row("banner", true, "category", "teaser"),
                row("teaser", false, "its rows", "teaser"),
                // What the application fills goes, and with the tag what is put under it.
                row("list", true),
                row("tag", false, "product"));
    }

    private static Arguments row(String table, boolean rowsMayBeGone, String... reached) {
        return Arguments.of(table, rowsMayBeGone, List.of(reached));
    }

    @ParameterizedTest
    @MethodSource("reaches")
    void everyRowIsReadWhoseEntryDependsOnTheTableOrMayGoWithItsSweep(
            String table, boolean rowsMayBeGone, List<String> expected) {
        Reached reached = PLANNER.reach(new TableId("public", table), rowsMayBeGone);

        assertThat(Stream.concat(
                        reached.itself() ? Stream.of("its rows") : Stream.of(),
                        reached.whole().stream().map(TableId::name)))
                .containsExactlyElementsOf(expected);
    }

    @Test
    void whatAnApplicationFilledGoesAtOnce() {
        Map<String, String> told = Stream.of("list", "tag", "product")
                .collect(Collectors.toMap(
                        name -> name,
                        name ->
                                PLANNER
                                        .plan(new Change.Altered(new TableId("public", name), VERSION, AT, false))
                                        .operations()
                                        .stream()
                                        .map(Words::of)
                                        .collect(Collectors.joining())));

        assertThat(told)
                .isEqualTo(Map.of(
                        "list",
                        "sweep \\Alist:(?:-?[0-9]+)\\z",
                        "tag",
                        "invalidate tags \\Ac-(?:-?[0-9]+)\\z",
                        "product",
                        ""));
    }

    @Test
    void onlyTheNamesOfTheTablesOwnRulesAreSwept() {
        assertThat(PLANNER.forgetPuts(PRODUCT, VERSION, AT).stream().map(Words::of))
                .containsExactly("sweep \\Aproduct:(?:-?[0-9]+)\\z");
    }
}
