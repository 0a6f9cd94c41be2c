package dev.freshet.plan;

import static dev.freshet.plan.Catalogue.ROW;
import static dev.freshet.plan.Catalogue.delete;
import static dev.freshet.plan.Catalogue.insert;
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
import org.junit.jupiter.params.provider.MethodSource;

/** "What each change does" to entries that an application fills, found by tag and by prefix. */
class InvalidationTest {
    private static final String RULES = """
            rules:
              r:
                table: public.product
                where: status == "live"
                allow: [scan]
                invalidate: [{tag: "category-{category_id}"}, {prefix: "lists:{slug}:"}]
            """;

    private static final MapRow OUT = ROW.with("status", "draft");

    static Stream<Arguments> changes() {
        String tag = "invalidate tag category-7";
        String prefix = "invalidate prefix lists:pen:";
        return Stream.of(
                row("insert, in", insert(ROW), tag, prefix),
                row("insert, out", insert(OUT)),
                row("update, both in", update(ROW, ROW.with("note", "y")), tag, prefix),
                row(
                        "update, both in, other names",
                        update(ROW, ROW.with("category_id", 8L).with("slug", "biro")),
                        tag,
                        "invalidate tag category-8",
                        prefix,
                        "invalidate prefix lists:biro:"),
                row("update, only in(new)", update(OUT.with("category_id", 8L), ROW), tag, prefix),
                row("update, only in(old)", update(ROW, OUT.with("category_id", 8L)), tag, prefix),
                row("update, neither in", update(OUT, OUT.with("slug", "biro"))),
                row("delete, in", delete(ROW), tag, prefix),
                row("delete, out", delete(OUT)),
                row("snapshot row, in", snapshot(ROW)),
                row(
                        "truncate",
                        truncate(),
                        "invalidate tags \\Acategory-(?:-?[0-9]+)\\z",
                        "sweep \\Alists:(?:.*):.*\\z"));
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
    void aListIsATagOfEachElement() {
        String rules = "rules: {r: {table: public.product, invalidate: [{tag: \"topic-{topics}\"}]}}";

        assertThat(told(update(ROW, ROW.with("topics", List.of("office", "art"))), rules))
                .containsExactly("invalidate tag topic-ink", "invalidate tag topic-office", "invalidate tag topic-art");
    }
}
