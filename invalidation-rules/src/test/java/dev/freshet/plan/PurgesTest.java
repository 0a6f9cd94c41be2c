package dev.freshet.plan;

import static dev.freshet.plan.Catalogue.ROW;
import static dev.freshet.plan.Catalogue.delete;
import static dev.freshet.plan.Catalogue.insert;
import static dev.freshet.plan.Catalogue.plan;
import static dev.freshet.plan.Catalogue.snapshot;
import static dev.freshet.plan.Catalogue.told;
import static dev.freshet.plan.Catalogue.truncate;
import static dev.freshet.plan.Catalogue.update;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.change.Change;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** "What each change does" to edges. */
class PurgesTest {
    private static final String EDGE = "edges: {site: {type: fastly, service: s, token: t}}\n";
    private static final String RULES = EDGE + """
            rules:
              r:
                table: public.product
                where: status == "live"
                purge: [{tag: "category-{category_id}"}, {url: "https://shop.example/p/{slug}"}]
            """;

    private static final MapRow OUT = ROW.with("status", "draft");

    static Stream<Arguments> changes() {
        String tag = "purge site category-7";
        String url = "purge site https://shop.example/p/pen";
        return Stream.of(
                row("insert, in", insert(ROW), tag, url),
                row("insert, out", insert(OUT)),
                row("update, both in", update(ROW, ROW.with("note", "y")), tag, url),
                row(
                        "update, both in, other names",
                        update(ROW, ROW.with("category_id", 8L).with("slug", "biro")),
                        tag,
                        "purge site category-8",
                        url,
                        "purge site https://shop.example/p/biro"),
                row("update, only in(new)", update(OUT.with("category_id", 8L), ROW), tag, url),
                row("update, only in(old)", update(ROW, OUT.with("category_id", 8L)), tag, url),
                row("update, neither in", update(OUT, OUT.with("slug", "biro"))),
                row("delete, in", delete(ROW), tag, url),
                row("delete, out", delete(OUT)),
                row("snapshot row, in", snapshot(ROW)),
                row("truncate: never everything", truncate()));
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
    void aTruncatePurgesWhatNeedsNoRowAndLeavesTheRestToAPerson() {
        Plan plan = plan(truncate(), EDGE + """
                rules:
                  r: {table: public.product, purge: [{tag: catalogue}, {tag: "p-{id}"}, {all: true}]}
                """);

        assertThat(Words.of(plan)).containsExactly("purge site catalogue");
        assertThat(plan.failures()).extracting(Failure::path).containsExactly("purge[1]", "purge[2]");
        assertThat(plan.failures().getFirst().reason()).contains("on_truncate");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "red pen; https://shop.example/p/red%20pen; t-red%20pen",
                "a/b?c#d; https://shop.example/p/a%2Fb%3Fc%23d; t-a%2Fb%3Fc%23d",
                "a+b:c@d,e; https://shop.example/p/a+b:c@d,e; t-a%2Bb%3Ac%40d%2Ce",
                "größe 100%; https://shop.example/p/gr%C3%B6%C3%9Fe%20100%25; t-gr%C3%B6%C3%9Fe%20100%25"
            })
    void valuesAreEncodedAsTheirPlaceWants(String slug, String url, String tag) {
        String rules = EDGE + """
                rules:
                  r: {table: public.product, purge: [{url: "https://shop.example/p/{slug}"}, {tag: "t-{slug}"}]}
                """;

        assertThat(told(insert(ROW.with("slug", slug)), rules))
                .containsExactly("purge site " + url, "purge site " + tag);
    }

    @Test
    void textBetweenValuesOfAUrlStandsAsItIs() {
        String rules = EDGE + """
                rules:
                  r: {table: public.product, purge: [{url: "https://shop.example/p/{topics}?q=a b&id={id}"}]}
                """;

        assertThat(told(insert(ROW), rules))
                .containsExactly(
                        "purge site https://shop.example/p/ink?q=a b&id=3",
                        "purge site https://shop.example/p/office?q=a b&id=3");
    }

    @Test
    void aTagThatItsEdgeWouldNotTakeIsShortenedAndStaysItsOwn() {
        String name = "a".repeat(200);

        EdgeTag one = EdgeTag.of(name + "1", 128);
        EdgeTag other = EdgeTag.of(name + "2", 128);

        assertThat(one.text()).hasSize(128).startsWith("a".repeat(95) + "-");
        assertThat(other).isNotEqualTo(one);
        assertThat(EdgeTag.of("a".repeat(128), 128).text()).isEqualTo("a".repeat(128));
    }

    @Test
    void aTagIsNotCutInsideAnEncodedByte() {
        for (int length = 90; length < 96; length++) {
            assertThat(EdgeTag.of("a".repeat(length) + ":" + "b".repeat(100), 128)
                            .text())
                    .hasSizeLessThanOrEqualTo(128)
                    .matches("a+(%3A)?b*-[0-9a-f]{32}");
        }
    }

    @Test
    void everyEdgeIsPurgedUnlessTheItemNamesSome() {
        String rules = """
                edges: {a: {type: fastly, service: s, token: t, soft: true}, b: {type: cloudflare, zone: z, token: t}, c: {type: varnish, nodes: ["http://127.0.0.1:6081"]}}
                rules:
                  r:
                    table: public.product
                    purge: [{tag: "p-{id}"}, {tag: "q-{id}", edge: c}, {tag: "r-{id}", edge: [a, c], soft: false}]
                """;

        assertThat(told(insert(ROW), rules))
                .containsExactly(
                        "purge a p-3 softly",
                        "purge b p-3",
                        "purge c p-3",
                        "purge c q-3",
                        "purge a r-3",
                        "purge c r-3");
    }

    @Test
    void anItemThatMayBeTooManyCarriesWhatToPurgeInstead() {
        String rules = EDGE + """
                rules:
                  r:
                    table: public.product
                    purge:
                      - tag: p-{id}
                        again_after: 5s
                        escalate: [{tag: "category-{category_id}"}, {tag: "n-{note}"}, {all: true}]
                """;

        assertThat(told(update(ROW, ROW.with("category_id", 8L)), rules))
                .containsExactly(
                        "purge site p-3 again PT5S else [category-7, category-8] else [n-x] else [everything]");
        assertThat(told(insert(ROW.with("note", null)), rules))
                .containsExactly("purge site p-3 again PT5S else [category-7] else [everything]");
    }

    @Test
    void hostsPrefixesAndEverythingCanBePurged() {
        String rules = """
                edges: {site: {type: cloudflare, zone: z, token: t}}
                rules:
                  r:
                    table: public.product
                    purge: [{host: "{slug}.shop.example"}, {prefix: "shop.example/{slug}/"}, {all: true}]
                """;

        assertThat(told(delete(ROW.with("slug", "a b")), rules))
                .containsExactly(
                        "purge site host a b.shop.example", "purge site shop.example/a%20b/*", "purge site everything");
    }
}
