package dev.freshet.sidecar.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.change.TableId;
import dev.freshet.rules.catalog.Catalog;
import dev.freshet.rules.yaml.Loading;
import dev.freshet.rules.yaml.RuleFiles;
import dev.freshet.rules.yaml.Shell;
import dev.freshet.rules.yaml.Variables;
import dev.freshet.write.valkey.Eviction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LiveWarningsTest {
    private static final String OWN = """
            own:
              table: public.product
              put: [{key: "p:{id}", as: json, value: [id], ttl: none}]
            """;
    private static final String SHARED = """
            shared:
              table: public.product
              put:
                - {key: "q:{id}", as: json, value: [id], ttl: none}
                - {key: "s:{category_id}", as: set, member: "{id}", ttl: none}
            """;
    private static final String ACCEPTED = "  allow: [evicting-cache, partition-drop]\n";

    private static final List<TableId> PARTITIONED = List.of(table("reading"), table("product"), table("other"));

    @TempDir
    private Path folder;

    private static TableId table(String name) {
        return new TableId("public", name);
    }

    private LiveWarnings warnings(String... rules) throws IOException {
        Path file = folder.resolve("freshet.yaml");
        Files.writeString(file, "rules:\n" + String.join("", rules).indent(2));
        return warningsOf(file);
    }

    private static LiveWarnings warningsOf(Path file) {
        return new LiveWarnings(
                switch (new RuleFiles(Variables.ofProcess()).load(file, Catalog.NONE, Shell.UNREAD)) {
                    case Loading.Loaded<?> loaded -> loaded.rules();
                    case Loading.Refused<?> refused -> throw new AssertionError(refused.problems());
                });
    }

    private static List<String> told(List<LiveWarning> warnings) {
        return warnings.stream().map(LiveWarning::toString).toList();
    }

    private static List<String> evicting(LiveWarnings warnings, String policy) {
        return told(warnings.evicting(Optional.of(new Eviction(policy, 1))));
    }

    @Test
    void rowsThatGoWithAPartitionAreToldOfForEachTableOfARuleThatHasEntries() throws IOException {
        LiveWarnings warnings = warnings(OWN, """
                every:
                  table: public.*
                  invalidate: [{key: "e:{id}"}]
                told:
                  table: public.product
                  publish: [{channel: news, value: [id]}]
                accepted:
                  table: public.product
                  invalidate: [{key: "a:{id}"}]
                """ + ACCEPTED);

        assertThat(warnings.partitioned(PARTITIONED))
                .extracting(LiveWarning::path)
                .containsExactly("rules.own", "rules.every", "rules.every", "rules.every");
        assertThat(told(warnings.partitioned(List.of(table("product")))))
                .contains(
                        "rules.own: rows of public.product that go with a dropped or detached partition send no change:"
                                + " the table is read again and swept, which takes a while; delete the rows first to spare it"
                                + " (partition-drop)");
        assertThat(warnings.partitioned(List.of())).isEmpty();
    }

    @Test
    void anEntryThatRowsShareMustNotGo() throws IOException {
        assertThat(evicting(warnings(OWN, SHARED), "allkeys-lru"))
                .containsExactly(
                        "rules.shared.put[1]: with maxmemory-policy allkeys-lru an entry that rows share may go, and"
                                + " come back incomplete; set noeviction (evicting-cache)");
        assertThat(evicting(warnings(OWN), "allkeys-lru")).isEmpty();
        assertThat(evicting(warnings(OWN, SHARED + ACCEPTED), "allkeys-lru")).isEmpty();
    }

    @Test
    void purgesThatTheCacheKeepsMustNotGo() throws IOException {
        Path file = folder.resolve("freshet.yaml");
        Files.writeString(file, """
                edges:
                  site: {type: varnish, nodes: ["http://127.0.0.1:6081"], outbox: cache}
                  other: {type: varnish, nodes: ["http://127.0.0.1:6082"]}
                rules:
                  product: {table: public.product, purge: [{tag: "p-{id}", edge: [site, other]}]}
                """);

        assertThat(evicting(warningsOf(file), "allkeys-lru"))
                .containsExactly("edges.site: with maxmemory-policy allkeys-lru purges that the cache keeps may go; set"
                        + " noeviction, or outbox: log (evicting-cache)");
        assertThat(evicting(warningsOf(file), "noeviction")).isEmpty();
    }

    @Test
    void fencesMustNotGoBeforeEntries() throws IOException {
        String message =
                "cache: with maxmemory-policy volatile-lru the fences that keep older values out may go before the"
                        + " entries; set noeviction";

        assertThat(evicting(warnings(OWN), "volatile-lru"))
                .containsExactly(message + ", allkeys-lru or allkeys-lfu (evicting-cache)");
        assertThat(evicting(warnings(OWN, SHARED + ACCEPTED), "volatile-lru"))
                .containsExactly(message + " (evicting-cache)");
        assertThat(evicting(warnings(OWN + ACCEPTED, SHARED + ACCEPTED), "volatile-lru"))
                .isEmpty();
        assertThat(evicting(warnings(SHARED), "allkeys-random")).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"noeviction", "allkeys-lru", "volatile-ttl"})
    void aCacheThatEvictsNothingIsRight(String policy) throws IOException {
        long maxMemory = policy.equals("noeviction") ? 1 : 0;

        assertThat(warnings(OWN, SHARED).evicting(Optional.of(new Eviction(policy, maxMemory))))
                .isEmpty();
    }

    @Test
    void aCacheThatDoesNotTellIsToldOfUnlessItIsAccepted() throws IOException {
        assertThat(told(warnings(OWN).evicting(Optional.empty())))
                .containsExactly(
                        "cache: it does not tell whether it evicts entries; set noeviction, allkeys-lru or allkeys-lfu"
                                + " (evicting-cache)");
        assertThat(warnings(OWN + ACCEPTED).evicting(Optional.empty())).isEmpty();
    }
}
