package dev.freshet.sidecar.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.rules.edge.EdgeKey;
import dev.freshet.rules.edge.EdgeType;
import dev.freshet.rules.edge.Plan;
import dev.freshet.sidecar.edges.CapabilityTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code docs/edges.md} says what is so. With {@code -Dfreshet.golden=rewrite} its tables are written anew. */
class EdgesPageTest {
    private static final Path PAGE = Path.of("../../docs/edges.md");

    @Test
    void everyFileIsRightOrWrongAsThePageSays(@TempDir Path folder) throws IOException {
        Page.Tried tried = Page.read(PAGE, folder).tried();

        assertThat(tried.wrong()).isEmpty();
        assertThat(tried.files()).isGreaterThan(EdgeType.values().length);
    }

    @ParameterizedTest
    @EnumSource(EdgeType.class)
    void everyMakeOfEdgeHasItsFile(EdgeType type) throws IOException {
        assertThat(Fence.of(PAGE))
                .anyMatch(fence -> fence.language().equals("yaml")
                        && fence.text().matches("(?s).*\\btype: " + type.word() + "\\b.*"));
    }

    @Test
    void itsTablesAreThoseThatTheCommandPrints() throws IOException {
        String tables = CapabilityTable.all().stream()
                .map(table ->
                        table.title() + "\n\n" + MadePart.table(table.table().rows()))
                .collect(Collectors.joining("\n"));

        assertThat(new MadePart(PAGE, "capabilities").standing(tables)).isEqualTo(tables);
    }

    @ParameterizedTest
    @EnumSource(EdgeType.class)
    void theKeysOfAnEdgeAreThoseThatAFileMayHave(EdgeType type) throws IOException {
        String keys = MadePart.table(keys(type));

        assertThat(new MadePart(PAGE, "keys of " + type.word()).standing(keys)).isEqualTo(keys);
    }

    private static List<List<String>> keys(EdgeType type) {
        List<List<String>> rows = new ArrayList<>(List.of(List.of("key", "", "says")));
        for (EdgeKey key : type.keys()) {
            rows.add(List.of(
                    "`" + key.name() + "`",
                    key.isRequired() ? "required" : "",
                    key.says().replace("<", "\\<")));
        }
        List<Plan> plans = type.plans();
        if (plans.size() > 1) {
            String words = plans.stream().map(plan -> "`" + plan.name() + "`").collect(Collectors.joining(", "));
            rows.add(List.of(
                    "`plan`",
                    "",
                    words + ": what was bought; default `" + plans.getFirst().name() + "`"));
        }
        return rows;
    }
}
