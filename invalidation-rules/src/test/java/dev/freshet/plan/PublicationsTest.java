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
import dev.freshet.change.Unknown;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** "What each change does" for those who want to be told. */
class PublicationsTest {
    private static final String RULES = """
            rules:
              r:
                table: public.product
                where: status == "live"
                publish:
                  - stream: products
                    max_length: 1000
                    value: {op: change.op, id: id, from: before.category_id, to: after.category_id}
            """;

    private static final MapRow OUT = ROW.with("status", "draft");

    static Stream<Arguments> changes() {
        return Stream.of(
                row("insert, in", insert(ROW), "{\"op\":\"insert\",\"id\":3,\"from\":null,\"to\":7}"),
                row("insert, out", insert(OUT)),
                row(
                        "update, both in",
                        update(ROW, ROW.with("category_id", 8L)),
                        "{\"op\":\"update\",\"id\":3,\"from\":7,\"to\":8}"),
                row("update, only in(new)", update(OUT, ROW), "{\"op\":\"update\",\"id\":3,\"from\":7,\"to\":7}"),
                row("update, only in(old)", update(ROW, OUT), "{\"op\":\"update\",\"id\":3,\"from\":7,\"to\":7}"),
                row("update, neither in", update(OUT, OUT.with("note", "y"))),
                row("delete, in", delete(ROW), "{\"op\":\"delete\",\"id\":3,\"from\":7,\"to\":null}"),
                row("delete, out", delete(OUT)),
                row("snapshot row, in", snapshot(ROW)),
                row("truncate, no row", truncate(), "{\"op\":\"truncate\",\"id\":null,\"from\":null,\"to\":null}"));
    }

    private static Arguments row(String name, Change change, String... expected) {
        return Arguments.of(
                name,
                change,
                Stream.of(expected)
                        .map(message -> "publish stream products of 1000 " + message)
                        .toList());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("changes")
    void eachChangeIsToldOnce(String name, Change change, List<String> expected) {
        assertThat(told(change, RULES)).isEqualTo(expected);
    }

    @Test
    void streamsChannelsAndTopicsAreNamedByTheRowAndTheEvent() {
        String rules = """
                rules:
                  r:
                    table: public.product
                    publish:
                      - {stream: "products:{topics}", value: [id]}
                      - {channel: "product-{change.op}", value: [id, slug]}
                      - {topic: "shop.{note}", value: {list: [id, before.id]}}
                """;

        assertThat(told(delete(ROW.with("note", null)), rules))
                .containsExactly(
                        "publish stream products:ink {\"id\":3}",
                        "publish stream products:office {\"id\":3}",
                        "publish channel product-delete {\"id\":3,\"slug\":\"pen\"}");
        assertThat(told(insert(ROW), rules))
                .last()
                .isEqualTo("publish topic shop.x (public.product/3) {\"list\":[3,null]}");
    }

    @Test
    void nobodyIsToldWhatWhenRefusesOrCannotTell() {
        for (String when : List.of("change.op == \"insert\"", "id / 0 == 1")) {
            String rules =
                    "rules: {r: {table: public.product, when: '" + when + "', publish: [{channel: c, value: [id]}]}}";

            assertThat(told(delete(ROW), rules)).isEmpty();
        }
    }

    @Test
    void aMessageThatCannotBeMadeIsAFailure() {
        Plan plan = plan(update(ROW, ROW.with("category_id", Unknown.VALUE)), RULES);

        assertThat(plan.operations()).isEmpty();
        assertThat(plan.failures()).singleElement().satisfies(failure -> {
            assertThat(failure.path()).isEqualTo("publish[0].value");
            assertThat(failure.reason()).contains("category_id");
        });
    }
}
