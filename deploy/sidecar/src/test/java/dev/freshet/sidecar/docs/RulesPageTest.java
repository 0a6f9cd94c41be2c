package dev.freshet.sidecar.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.change.TableId;
import dev.freshet.rules.catalog.Catalog;
import dev.freshet.rules.catalog.NotASchemaException;
import dev.freshet.rules.catalog.SchemaFile;
import dev.freshet.rules.yaml.Code;
import dev.freshet.settings.DatabaseSettings;
import dev.freshet.settings.SidecarSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code docs/rules.md} says what is so. */
class RulesPageTest {
    private static final Path PAGE = Path.of("../../docs/rules.md");
    private static final Pattern CODE = Pattern.compile("^\\| `([a-z-]+)` \\| (error|warning) \\|", Pattern.MULTILINE);

    @Test
    void everyExampleDoesWhatThePageSays(@TempDir Path folder) throws IOException {
        Page.Tried tried = Page.read(PAGE, folder).tried();

        assertThat(tried.wrong()).isEmpty();
        assertThat(tried.files()).isGreaterThan(25);
        assertThat(tried.cases()).isGreaterThan(8);
    }

    @Test
    void theSettingsShownAreTheDefaults(@TempDir Path folder) throws IOException {
        List<SidecarSettings> settings = Page.read(PAGE, folder).settings("query_timeout: 10s");
        SidecarSettings shown = settings.getFirst();
        SidecarSettings bare = settings.getLast();

        assertThat(shown.admin()).isEqualTo(bare.admin());
        assertThat(shown.pipeline()).isEqualTo(bare.pipeline());
        assertThat(shown.fence()).isEqualTo(bare.fence());
        assertThat(shown.source())
                .usingRecursiveComparison()
                .ignoringFields("database", "user", "password")
                .isEqualTo(bare.source());
        assertThat(((DatabaseSettings) shown.source()).database().sslMode())
                .isEqualTo(((DatabaseSettings) bare.source()).database().sslMode());
        assertThat(shown.cache().type()).isEqualTo(bare.cache().type());
    }

    @Test
    void theSchemaShownIsOne() throws IOException, NotASchemaException {
        List<Catalog> shown = new ArrayList<>();
        for (Fence fence : Fence.of(PAGE)) {
            if (fence.language().equals("json") && fence.text().contains("\"tables\"")) {
                shown.add(SchemaFile.read(fence.text()));
            }
        }

        assertThat(shown)
                .singleElement()
                .satisfies(catalog ->
                        assertThat(catalog.tables().keySet()).containsExactly(new TableId("public", "product")));
    }

    /** Here, or where this page sends those who look for it. */
    @Test
    void everyKeyOfAFileIsMentioned() throws IOException {
        String page = Files.readString(PAGE)
                + Files.readString(Path.of("../../docs/edges.md"))
                + Files.readString(Path.of("../../docs/kafka.md"));
        Set<String> keys = new TreeSet<>();
        addKeys(keys, new ObjectMapper().readTree(Files.readString(Path.of("../freshet.schema.json"))));

        assertThat(keys)
                .hasSizeGreaterThan(60)
                .allMatch(key ->
                        Pattern.compile("[`{ ]" + key + "[`:]").matcher(page).find());
    }

    @Test
    void everyKindOfProblemHasItsMeaningAndItsCure() throws IOException {
        Stream<String> said = CODE.matcher(Files.readString(PAGE)).results().map(RulesPageTest::codeAndSeverity);

        assertThat(said)
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(Code.values())
                        .map(code -> code.text() + " " + code.severity().name().toLowerCase(Locale.ROOT))
                        .toList());
    }

    private static String codeAndSeverity(MatchResult row) {
        return row.group(1) + " " + row.group(2);
    }

    private static void addKeys(Set<String> keys, JsonNode schema) {
        schema.path("properties").fieldNames().forEachRemaining(keys::add);
        schema.forEach(part -> addKeys(keys, part));
    }
}
