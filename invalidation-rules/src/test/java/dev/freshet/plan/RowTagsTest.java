package dev.freshet.plan;

import static dev.freshet.plan.Catalogue.PRODUCT;
import static dev.freshet.plan.Catalogue.ROW;
import static dev.freshet.plan.Catalogue.plan;
import static dev.freshet.plan.Catalogue.rules;
import static dev.freshet.plan.Catalogue.update;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.change.Unknown;
import dev.freshet.rules.edge.EdgeName;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class RowTagsTest {
    private static final String RULES = """
            edges: {site: {type: fastly, service: s, token: t}, shop: {type: akamai, host: h, client_token: c, client_secret: s, access_token: a}, old: {type: nginx, nodes: ["http://127.0.0.1:8080"]}}
            rules:
              r:
                table: public.product
                where: status == "live"
                put: [{key: "p:{id}", as: json, value: [id], ttl: none, tags: ["topic-{topics}"]}]
                invalidate: [{tag: "list-{category_id}"}, {key: "k:{id}"}]
                purge:
                  - {tag: "product-{slug}", edge: [site, shop], escalate: [{tag: "category-{category_id}"}]}
                  - {url: "https://shop.example/{id}", edge: old}
                on_truncate: {purge: [{tag: catalogue, edge: site}], invalidate: [{tag: lists}]}
            """;

    private static RowTags tags(MapRow row) {
        return RowTags.of(rules(RULES), PRODUCT, row);
    }

    private static Set<String> of(RowTags tags, String edge) {
        return tags.ofObjects().getOrDefault(new EdgeName(edge), Set.of()).stream()
                .map(EdgeTag::text)
                .collect(Collectors.toSet());
    }

    @Test
    void everyTagThatAChangeOfTheRowMayPurge() {
        RowTags tags = tags(ROW);

        assertThat(of(tags, "site")).containsExactlyInAnyOrder("product-pen", "category-7", "catalogue");
        assertThat(of(tags, "shop")).containsExactlyInAnyOrder("product-pen", "category-7");
        assertThat(of(tags, "old")).isEmpty();
        assertThat(tags.ofEntries())
                .extracting(CacheTag::text)
                .containsExactlyInAnyOrder("topic-ink", "topic-office", "list-7", "lists");
        assertThat(tags.failures()).isEmpty();
    }

    @Test
    void aTagIsTheOneThatThePurgeNamesOnEachEdge() {
        MapRow odd = ROW.with("slug", "é".repeat(100));

        assertThat(plan(update(odd, odd), RULES).operations())
                .filteredOn(Operation.Purge.class::isInstance)
                .map(Operation.Purge.class::cast)
                .filteredOn(purge -> purge.edge().text().equals("shop"))
                .extracting(Operation.Purge::target)
                .allSatisfy(target -> assertThat(of(tags(odd), "shop"))
                        .contains(((EdgeTarget.Tagged) target).tag().text()));
        assertThat(of(tags(odd), "site")).isNotEqualTo(of(tags(odd), "shop"));
    }

    @Test
    void aRowThatIsOutHasThemToo() {
        assertThat(of(tags(ROW.with("status", "draft")), "shop")).contains("product-pen");
    }

    @Test
    void aTagThatCannotBeToldIsAFailure() {
        RowTags tags = tags(ROW.with("slug", Unknown.VALUE));

        assertThat(tags.failures())
                .isEqualTo(List.of(new Failure(
                        rules(RULES).rules().getFirst().name(), "purge[0]", "column 'slug' is not known of this row")));
        assertThat(of(tags, "shop")).containsExactly("category-7");
    }
}
