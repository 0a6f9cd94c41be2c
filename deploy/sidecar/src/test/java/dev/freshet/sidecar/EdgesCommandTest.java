package dev.freshet.sidecar;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.rules.edge.EdgeType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EdgesCommandTest {
    private static final String RULES = """
            rules:
              product: {table: public.product, purge: [{tag: "p-{id}"}]}
            """;

    private static final String CLOUDFLARE = """
            {"type": "cloudflare",
             "purges": {
              "tag": {"names_per_call": 100, "soft": false},
              "url": {"names_per_call": 100, "soft": false},
              "prefix": {"names_per_call": 100, "soft": false},
              "host": {"names_per_call": 100, "soft": false},
              "all": {"names_per_call": 1, "soft": false}},
             "gather_ms": 200, "calls_at_a_time": 1, "bytes_per_call": 1048576, "nodes": false, "charged": false,
             "plans": [
              {"plan": "free", "grants": [
               {"kinds": ["tag", "prefix", "host", "all"], "counts": "calls", "burst": 25, "per_minute": 5},
               {"kinds": ["url"], "counts": "calls", "burst": 100, "per_minute": 200}]},
              {"plan": "pro", "grants": [
               {"kinds": ["tag", "url", "prefix", "host", "all"], "counts": "calls", "burst": 25, "per_minute": 235}]},
              {"plan": "business", "grants": [
               {"kinds": ["tag", "url", "prefix", "host", "all"], "counts": "calls", "burst": 50, "per_minute": 230}]},
              {"plan": "enterprise", "grants": [
               {"kinds": ["tag", "url", "prefix", "host", "all"], "counts": "calls", "burst": 200, "per_minute": 200}]}],
             "tags": {"header": "Cache-Tag", "separator": ",", "longest_tag": 1024, "longest_header": 16384, "folds_case": true},
             "keys": [
              {"key": "zone", "required": true, "says": "the zone's id"},
              {"key": "token", "required": true, "says": "an API token with the permission Zone / Cache Purge"},
              {"key": "api", "required": false, "says": "of its API; default https://api.cloudflare.com/client/v4"}]}
            """;

    @TempDir
    private Path folder;

    private String file(String edges) throws IOException {
        return Files.writeString(folder.resolve("freshet.yaml"), edges + RULES).toString();
    }

    @Test
    void everyMakeOfEdgeIsTold() {
        Typed typed = Typed.freshet("edges");

        assertThat(typed.code()).isZero();
        assertThat(typed.output())
                .contains(
                        "fastly      256, soft           1, soft    -                  -          1\n",
                        "cloudfront  3,000, with header  3,000      15                 -          1\n",
                        "cloudflare  free        tag prefix host all      25 calls      5 calls\n");
        for (EdgeType type : EdgeType.values()) {
            assertThat(typed.output().lines().filter(line -> line.startsWith(type.word() + " ")))
                    .as(type.word())
                    .hasSizeGreaterThanOrEqualTo(4);
        }
    }

    @Test
    void programsAreToldOfEveryMake() throws IOException {
        JsonNode types = new ObjectMapper()
                .readTree(Typed.freshet("edges", "--json").output())
                .path("types");

        assertThat(types.findValuesAsText("type"))
                .containsExactlyElementsOf(
                        Arrays.stream(EdgeType.values()).map(EdgeType::word).toList());
        assertThat(types.get(1)).isEqualTo(new ObjectMapper().readTree(CLOUDFLARE));
    }

    @Test
    void theEdgesOfAFileAreToldWithWhatTheyMayBeSent() throws IOException {
        Typed typed = Typed.freshet("edges", "-c", file("""
                edges:
                  flare: {type: cloudflare, zone: z, token: "${env:SET_NOWHERE}", budget: {burst: 10}, max_delay: 2m, on_gap: purge_all}
                  front: {type: cloudfront, distribution: d, header: Cache-Tag, budget: {per_month: 1000}, gather: 10s, outbox: cache}
                """));

        assertThat(typed).isEqualTo(new Typed(0, """
                flare: cloudflare
                  plan       free
                  budget     burst 10
                  soft       false
                  gather     200ms
                  max_delay  2m
                  timeout    10s
                  outbox     log
                  on_gap     purge_all
                  tags       in Cache-Tag

                  by      in a call  softly  at once   a minute   within 2m
                  tag     100 names  -       10 calls  5 calls    2,000 names
                  url     100 names  -       10 calls  200 calls  41,000 names
                  prefix  100 names  -       10 calls  5 calls    2,000 names
                  host    100 names  -       10 calls  5 calls    2,000 names
                  all     1 name     -       10 calls  5 calls    20 names

                front: cloudfront
                  budget     per_month 1,000
                  soft       false
                  gather     10s
                  max_delay  30s
                  timeout    10s
                  outbox     cache
                  on_gap     tell
                  tags       in Cache-Tag

                  by      in a call    softly  at once      a minute     within 30s
                  tag     3,000 names  -       3,000 names  7,200 names  1,000 names
                  url     3,000 names  -       3,000 names  7,200 names  1,000 names
                  prefix  15 names     -       15 names     36 names     33 names
                  all     1 name       -       15 names     36 names     33 names

                """, ""));
    }

    @Test
    void programsAreToldOfTheEdgesOfAFile() throws IOException {
        Typed typed = Typed.freshet(
                "edges",
                "--json",
                "-c",
                file("edges: {site: {type: fastly, service: s, token: t, soft: true, budget: {per_minute: 4}}}\n"));

        assertThat(new ObjectMapper().readTree(typed.output())).isEqualTo(new ObjectMapper().readTree("""
                        {"edges": [{"edge": "site", "type": "fastly", "budget": {"per_minute": 4},
                          "soft": true, "gather_ms": 50, "max_delay_ms": 30000, "timeout_ms": 10000,
                          "outbox": "log", "on_gap": "tell",
                          "tags": {"header": "Surrogate-Key", "separator": " ", "longest_tag": 1024, "longest_header": 16384,
                            "folds_case": false},
                          "purges": {
                            "tag": {"names_per_call": 256, "soft": true, "counts": "names", "burst": 4, "per_minute": 4,
                              "names_in_max_delay": 6},
                            "url": {"names_per_call": 1, "soft": true, "counts": "names", "burst": 4, "per_minute": 4,
                              "names_in_max_delay": 6},
                            "all": {"names_per_call": 1, "soft": false, "counts": "calls", "burst": 60, "per_minute": 4,
                              "names_in_max_delay": 62}}}]}
                        """));
    }

    @Test
    void aFileWithoutEdgesSaysSo() throws IOException {
        String rules = Files.writeString(
                        folder.resolve("freshet.yaml"),
                        "rules: {p: {table: public.p, invalidate: [{key: \"p:{id}\"}]}}")
                .toString();

        assertThat(Typed.freshet("edges", "-c", rules)).isEqualTo(new Typed(0, rules + " has no edges\n", ""));
    }

    @Test
    void aWrongFileIsRefused() throws IOException {
        Typed typed = Typed.freshet("edges", "-c", file("edges: {site: {type: fastly, service: s}}\n"));

        assertThat(typed.code()).isEqualTo(2);
        assertThat(typed.errors()).contains("'token' is missing");
    }
}
