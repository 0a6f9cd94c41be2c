package dev.freshet.sidecar.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.change.RowId;
import dev.freshet.change.TableId;
import dev.freshet.rules.RuleSet;
import dev.freshet.rules.catalog.Catalog;
import dev.freshet.rules.yaml.Loading;
import dev.freshet.rules.yaml.RuleFiles;
import dev.freshet.rules.yaml.Shell;
import dev.freshet.rules.yaml.Variables;
import dev.freshet.sidecar.given.GivenChange;
import dev.freshet.sidecar.given.GivenRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleTest {
    private static final TableId PRODUCT = new TableId("public", "product");
    private static final String RULES = """
            edges: {site: {type: akamai, host: h, client_token: c, client_secret: s, access_token: a}}
            rules:
              product:
                table: public.product
                put:
                  - {key: "product:{id}", as: string, value: "{name}", ttl: none, tags: ["c-{category}"]}
                invalidate: [{key: "list:{category}"}]
                purge: [{tag: "product-{id}"}]
            """;

    @TempDir
    private Path folder;

    private RuleSet rules(String yaml) throws IOException {
        return switch (new RuleFiles(Variables.ofProcess())
                .load(Files.writeString(folder.resolve("rules.yaml"), yaml), Catalog.NONE, Shell.UNREAD)) {
            case Loading.Loaded<?> loaded -> loaded.rules();
            case Loading.Refused<?> refused -> throw new AssertionError(refused.problems());
        };
    }

    /** A hundred products of two categories, each seen twice in ten seconds. */
    private static Sample filled(Sample sample) {
        for (long i = 0; i < 200; i++) {
            long id = i % 100;
            sample.take(GivenChange.of(
                    new RowId(PRODUCT, Long.toString(id)),
                    Optional.empty(),
                    Optional.of(new GivenRow(Map.of("id", id, "name", "x".repeat(8), "category", id % 2)))));
        }
        sample.ended(Duration.ofSeconds(10));
        return sample;
    }

    @Test
    void figuresOfOneRuleFile() throws IOException {
        Sample sample = filled(new Sample(rules(RULES), Optional.empty(), Catalog.NONE));

        assertThat(SampleText.of(sample)).containsExactly("""
                200 changes in 10.0 s, 20/s
                  public.product  200, 20/s

                rule     what         shape            ops/s  distinct  p50 B  max B  for instance
                product  written      product:{id}     20     100       8      8      product:0 product:1 product:2
                product  invalidated  list:{category}  20     2                       list:0 list:1
                product  purged       product-{id}     20     100                     product-0 product-1 product-2

                fan-out       p50 3, most 3 operations a change
                cache tags    2 distinct
                edge site: 200 purges, 100 distinct; 100 distinct tags, 600 a minute, its provider allows 500: TOO MANY
                failures      0
                Distinct counts are exact below 1024 and within some 3 % above.
                """.split("\n"));
    }

    @Test
    void figuresOfTwoStandBesideEachOther() throws IOException {
        RuleSet old =
                rules(RULES.replace("list:{category}", "all:{category}").replace("\"{name}\"", "\"{name}{name}\""));
        Sample sample = filled(new Sample(rules(RULES), Optional.of(old), Catalog.NONE));

        assertThat(SampleText.of(sample))
                .contains(
                        "product  written      product:{id}     20 > 20  100 > 100  16 > 8  16 > 8  product:0 product:1 product:2",
                        "fan-out       p50 3 > 3, most 3 > 3 operations a change");
        assertThat(SampleJson.of(sample).at("/new/shapes/0/operations").asInt()).isEqualTo(200);
        assertThat(SampleJson.of(sample)
                        .at("/old/edges/0/tags_allowed_a_minute")
                        .asInt())
                .isEqualTo(500);
    }
}
