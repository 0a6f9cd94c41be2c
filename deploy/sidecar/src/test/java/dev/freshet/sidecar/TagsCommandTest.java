package dev.freshet.sidecar;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TagsCommandTest {
    private static final String RULES = """
            edges:
              fast: {type: fastly, service: s, token: t}
              flare: {type: cloudflare, zone: z, token: t}
              front: {type: cloudfront, distribution: d, header: Cache-Tag}
              akam: {type: akamai, host: h, client_token: c, client_secret: s, access_token: a}
              bun: {type: bunny, zone: "1", token: t}
              var: {type: varnish, nodes: ["http://127.0.0.1:6081"]}
              sou: {type: souin, nodes: ["http://127.0.0.1:8080"]}
              hook: {type: webhook, url: "http://127.0.0.1:9000", header: X-Tags}
              bare: {type: webhook, url: "http://127.0.0.1:9000"}
              named: {type: varnish, nodes: ["http://127.0.0.1:6081"], header: X-Keys}
              engine: {type: nginx, nodes: ["http://127.0.0.1:8080"]}
              other: {type: varnish, nodes: ["http://127.0.0.1:6081"]}
            rules:
              product:
                table: public.product
                invalidate: [{tag: "list {category}"}]
                purge:
                  - {tag: "product:{id}", edge: [fast, flare, front, akam, bun, var, sou, hook, bare, named], escalate: [{tag: "category-{category}"}]}
                  - {url: "https://shop.example/{id}", edge: engine}
              news:
                table: public.news
                purge: [{tag: news, edge: other}]
            """;

    @TempDir
    private Path folder;

    private String rules = "";

    @BeforeEach
    void write() throws IOException {
        rules = Files.writeString(folder.resolve("freshet.yaml"), RULES).toString();
    }

    private String change(String row) throws IOException {
        return Files.writeString(
                        folder.resolve("change.json"), "{\"table\": \"public.product\", \"after\": " + row + "}")
                .toString();
    }

    @Test
    void eachEdgeGetsTheHeaderThatItReads() throws IOException {
        Typed typed = Typed.freshet("tags", "-c", rules, "--change", change("{\"id\": 42, \"category\": 3}"));

        assertThat(typed).isEqualTo(new Typed(0, """
                fast        Surrogate-Key: product%3A42 category-3
                flare       Cache-Tag: product%3A42,category-3
                front       Cache-Tag: product%3A42,category-3
                akam        Edge-Cache-Tag: product%3A42,category-3
                bun         CDN-Tag: product%3A42,category-3
                var         xkey: product%3A42 category-3
                sou         Surrogate-Key: product%3A42, category-3
                hook        X-Tags: product%3A42,category-3
                bare        <the header that the edge's key 'header' would name>: product%3A42,category-3
                named       X-Keys: product%3A42 category-3
                engine      nginx has no tags; purge it by url or prefix
                other       no rule purges a tag of this row here
                cache       tags list 3
                """, ""));
    }

    @Test
    void programsAreToldTheSame() throws IOException {
        Typed typed = Typed.freshet("tags", "--json", "-c", rules, "--change", change("{\"id\": 42, \"category\": 3}"));

        assertThat(typed.code()).isZero();
        assertThat(typed.output())
                .startsWith("{\"edges\":[{\"edge\":\"fast\",\"type\":\"fastly\",\"header\":\"Surrogate-Key\","
                        + "\"value\":\"product%3A42 category-3\",\"tags\":[\"product%3A42\",\"category-3\"]}")
                .endsWith("\"cache_tags\":[\"list 3\"],\"failures\":[]}\n");
    }

    @Test
    void whatAnEdgeWouldNotReadIsSaid() throws IOException {
        String ids = IntStream.range(0, 60).boxed().toList().toString();
        Typed typed = Typed.freshet("tags", "-c", rules, "--change", change("{\"id\": " + ids + ", \"category\": 3}"));

        assertThat(typed.output()).contains("too much: ", "61 tags; cloudfront reads 50 tags");
    }

    @Test
    void aTagThatCannotBeToldIsSaid() throws IOException {
        Typed typed = Typed.freshet("tags", "-c", rules, "--change", change("{\"id\": 42}"));

        assertThat(typed.code()).isOne();
        assertThat(typed.output()).contains("rule product fails at purge[0]: no column 'category'");
    }

    @Test
    void aRowIsNamedInOneWay() {
        assertThat(Typed.freshet("tags").code()).isEqualTo(2);
        assertThat(Typed.freshet("tags", "--table", "public.product").code()).isEqualTo(2);
        assertThat(Typed.freshet("tags", "--table", "t", "--id", "1", "--change", "c.json")
                        .code())
                .isEqualTo(2);
    }
}
