package dev.freshet.sidecar.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.rules.catalog.Catalog;
import dev.freshet.rules.yaml.Loading;
import dev.freshet.rules.yaml.Problem;
import dev.freshet.rules.yaml.Variables;
import dev.freshet.settings.SidecarFile;
import dev.freshet.settings.SidecarSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuleFileTest {
    @TempDir
    private Path directory;

    private List<Problem> problems(String rules, Map<String, String> environment) throws IOException {
        var file = Files.writeString(directory.resolve("freshet.yaml"), rules);
        var variables = new Variables(environment::get, path -> {
            throw new NoSuchFileException(path.toString());
        });
        return switch (SidecarFile.load(file, variables, Catalog.NONE)) {
            case Loading.Loaded<SidecarSettings> loaded -> loaded.warnings();
            case Loading.Refused<SidecarSettings> refused -> refused.problems();
        };
    }

    @Test
    void theDemosOwnFileIsRight() throws IOException {
        var passwords = Map.of(RuleFile.DATABASE_PASSWORD, "a", RuleFile.CACHE_PASSWORD, "b");

        assertThat(problems(RuleFile.of(new RuleFile.Ports(12_000, 12_001, 12_002, 12_003)), passwords))
                .isEmpty();
    }

    @Test
    void theFileToBeginWithIsRightInAnEnvironmentWithNothingSet() throws IOException {
        assertThat(problems(RuleFile.example(), Map.of())).isEmpty();
    }
}
