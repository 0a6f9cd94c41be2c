package dev.freshet.rules.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.freshet.change.TableId;
import dev.freshet.change.Version;
import dev.freshet.plan.OldKeys;
import dev.freshet.plan.Operation;
import dev.freshet.plan.Planner;
import dev.freshet.rules.NotATranscriptException;
import dev.freshet.rules.RuleSet;
import dev.freshet.rules.Transcript;
import dev.freshet.rules.catalog.Catalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class TranscriptsTest {
    @TempDir
    private Path folder = Path.of("");

    private static Loading<?> load(Path file, Catalog catalog) {
        return new RuleFiles(Variables.whereTheyAreKnown()).load(file, catalog, Shell.UNREAD);
    }

    private Loading.Loaded<?> loaded(String yaml, Catalog catalog) throws IOException {
        return loaded(Files.writeString(folder.resolve("freshet.yaml"), yaml), catalog);
    }

    private static Loading.Loaded<?> loaded(Path file, Catalog catalog) {
        return switch (load(file, catalog)) {
            case Loading.Loaded<?> loaded -> loaded;
            case Loading.Refused<?> refused -> throw new AssertionError(refused.problems());
        };
    }

    private static List<Operation> forgotten(RuleSet rules, Catalog catalog) {
        Planner planner = new Planner(rules, catalog, OldKeys.REQUIRED);
        return Stream.of(
                        planner.forgetFills(Version.beginningOf(1), Instant.EPOCH),
                        planner.forgetPuts(Version.beginningOf(1), Instant.EPOCH))
                .flatMap(List::stream)
                .toList();
    }

    static Stream<Path> files() throws IOException {
        List<Path> files = new ArrayList<>();
        for (String folder : List.of("src/test/resources/valid", "../deploy/examples")) {
            try (Stream<Path> all = Files.walk(Path.of(folder))) {
                all.filter(file -> file.toString().endsWith(".yaml")).sorted().forEach(files::add);
            }
        }
        return files.stream()
                .filter(file -> load(file, Catalog.NONE) instanceof Loading.Loaded<?> loaded
                        && loaded.rules().edges().isEmpty());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("files")
    void rulesReadBackSayWhatTheySaid(Path file) throws Exception {
        Catalog catalog = file.startsWith("src") ? Shop.CATALOG : Catalog.NONE;
        Loading.Loaded<?> loaded = loaded(file, catalog);

        Transcripts.Rules read = Transcripts.read(loaded.transcript());

        assertThat(read.rules().fingerprint()).isEqualTo(loaded.rules().fingerprint());
        assertThat(forgotten(read.rules(), read.catalog())).isEqualTo(forgotten(loaded.rules(), catalog));
    }

    @Test
    void keysAreNotWrittenAndNotNeeded() throws Exception {
        Loading.Loaded<?> loaded = loaded("""
                keys: {hmac: 0123456789abcdef}
                rules: {a: {table: public.a, invalidate: [{key: "a:{hmac(id)}"}]}}
                """, Catalog.NONE);

        assertThat(loaded.transcript().text()).doesNotContain("0123456789abcdef");
        assertThat(Transcripts.read(loaded.transcript()).rules().fingerprint())
                .isEqualTo(loaded.rules().fingerprint());
    }

    @Test
    void whatTheProcessIsToldIsNotWritten() throws Exception {
        Loading.Loaded<?> loaded = loaded("""
                source: {password: hunter2}
                cache: {password: hunter2}
                rules: {a: {table: public.a, invalidate: [{key: "a:{id}"}]}}
                """, Catalog.NONE);

        assertThat(loaded.transcript().text()).doesNotContain("hunter2");
    }

    @Test
    void onlyTablesThatRulesFollowAreWritten() throws Exception {
        Loading.Loaded<?> loaded =
                loaded("rules: {a: {table: public.product, invalidate: [{key: \"a:{id}\"}]}}", Shop.CATALOG);

        assertThat(Transcripts.read(loaded.transcript()).catalog().tables())
                .containsOnlyKeys(new TableId("public", "product"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "garbage | not JSON",
                "`` | no list \"files\"",
                "[] | no list \"files\"",
                "{\"files\":[{}]} | its tables cannot be read",
                "{\"files\":[{\"rules\":{\"a\":{\"table\":\"public.a\",\"invalidate\":[{\"key\":\"a\"}],\"more\":\"x\"}}}],\"schema\":{\"tables\":[]}} | rules.a.more: unknown key",
                "{\"files\":[{\"laws\":{}}],\"schema\":{\"tables\":[]}} | laws: unknown key"
            })
    void whatCannotBeReadIsSaid(String text, String reason) {
        assertThatExceptionOfType(NotATranscriptException.class)
                .isThrownBy(() -> Transcripts.read(new Transcript(text)))
                .withMessageStartingWith(reason);
    }
}
