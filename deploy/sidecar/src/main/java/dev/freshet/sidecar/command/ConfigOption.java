package dev.freshet.sidecar.command;

import dev.freshet.rules.RuleSet;
import dev.freshet.rules.catalog.Catalog;
import dev.freshet.rules.catalog.NotASchemaException;
import dev.freshet.rules.catalog.SchemaFile;
import dev.freshet.rules.yaml.Loading;
import dev.freshet.rules.yaml.Problem;
import dev.freshet.rules.yaml.RuleFiles;
import dev.freshet.rules.yaml.Shell;
import dev.freshet.rules.yaml.Variables;
import dev.freshet.settings.SidecarFile;
import dev.freshet.settings.SidecarSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** {@code -c freshet.yaml}, and the loading of it. */
final class ConfigOption {
    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            defaultValue = "freshet.yaml",
            description = "The configuration file (default: ${DEFAULT-VALUE}).")
    Path file = Path.of("freshet.yaml");

    /**
     * What stands in the file, checked against the tables of a database; {@link Catalog#NONE} checks it by itself.
     *
     * @throws CommandFailedException with every problem where there is one
     */
    Loading.Loaded<SidecarSettings> load(Catalog catalog) {
        return switch (SidecarFile.load(file, Variables.ofProcess(), catalog)) {
            case Loading.Loaded<SidecarSettings> loaded -> loaded;
            case Loading.Refused<SidecarSettings> refused ->
                throw CommandFailedException.invalid(lines(refused.problems()));
        };
    }

    /**
     * The rules alone. Secrets that are not at hand are not missed.
     *
     * @throws CommandFailedException with every problem where there is one
     */
    RuleSet rules(Catalog catalog) {
        return rules(file, catalog);
    }

    /** Those of another file, as {@link #rules(Catalog)}. */
    static RuleSet rules(Path file, Catalog catalog) {
        return switch (new RuleFiles(Variables.whereTheyAreKnown()).load(file, catalog, Shell.UNREAD)) {
            case Loading.Loaded<?> loaded -> loaded.rules();
            case Loading.Refused<?> refused -> throw CommandFailedException.invalid(lines(refused.problems()));
        };
    }

    /**
     * The tables that {@code schema.json} beside the file tells of; {@link Catalog#NONE} where there is none.
     *
     * @throws CommandFailedException where it cannot be read
     */
    Catalog schema() {
        Path schema = file.resolveSibling(SchemaFile.NAME);
        try {
            return Files.exists(schema) ? SchemaFile.read(schema) : Catalog.NONE;
        } catch (IOException | NotASchemaException e) {
            throw CommandFailedException.invalid(List.of(String.valueOf(e.getMessage())));
        }
    }

    static List<String> lines(List<Problem> problems) {
        return problems.stream().map(Problem::toString).toList();
    }
}
