package dev.freshet.write.announce;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.rules.RuleSet;
import dev.freshet.rules.catalog.Catalog;
import dev.freshet.rules.yaml.Loading;
import dev.freshet.rules.yaml.RuleFiles;
import dev.freshet.rules.yaml.Shell;
import dev.freshet.rules.yaml.Variables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TopicsOfRulesTest {
    @TempDir
    private Path folder;

    @Test
    void everyPublicationToATopicIsNamed() throws IOException {
        assertThat(TopicsOfRules.in(rules("""
                edges: {site: {type: fastly, service: s, token: t}}
                rules:
                  a:
                    table: public.product
                    put:
                      - {key: "a:{id}", as: json, value: [id], ttl: none}
                      - {key: "b:{id}", as: json, value: [id], expire_at: until, tags: ["t-{id}"]}
                      - {key: "c:{id}", as: set, member: "{id}", ttl: none}
                      - {key: "d:{id}", as: sorted_set, member: "{id}", score: id, ttl: none}
                      - {key: "e:{id}", as: hash, member: "{id}", value: id, ttl: none}
                      - {key: "f:{id}", as: hash, merge: true, value: [id], ttl: none}
                    on_truncate: {invalidate: [{tag: t}], publish: [{topic: t, value: {a: "1"}}]}
                  b:
                    table: public.product
                    allow: [scan]
                    invalidate: [{key: "g:{id}"}, {tag: "t-{id}"}, {prefix: "h:{id}"}]
                    purge: [{tag: "p-{id}"}]
                    publish: [{stream: s, value: [id]}, {channel: c, value: [id]}, {topic: t, value: [id]}]
                """)))
                .containsExactly("rules.a.on_truncate.publish[0]", "rules.b.publish[2]");
    }

    private RuleSet rules(String yaml) throws IOException {
        Path file = Files.writeString(folder.resolve("freshet.yaml"), yaml);
        return switch (new RuleFiles(Variables.ofProcess()).load(file, Catalog.NONE, Shell.UNREAD)) {
            case Loading.Loaded<?> loaded -> loaded.rules();
            case Loading.Refused<?> refused -> throw new AssertionError(refused.problems());
        };
    }
}
