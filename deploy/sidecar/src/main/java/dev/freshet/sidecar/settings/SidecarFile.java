package dev.freshet.sidecar.settings;

import dev.freshet.rules.catalog.Catalog;
import dev.freshet.rules.yaml.Loading;
import dev.freshet.rules.yaml.RuleFiles;
import dev.freshet.rules.yaml.Variables;
import java.nio.file.Path;

/** A sidecar's main file. */
public final class SidecarFile {
    private SidecarFile() {}

    /**
     * Loads settings and rules, or every problem of both.
     *
     * @param file named as problems shall name it
     * @param variables where secrets come from
     * @param catalog the tables to check against, {@link Catalog#NONE} where none are known
     */
    public static Loading<SidecarSettings> load(Path file, Variables variables, Catalog catalog) {
        return new RuleFiles(variables).load(file, catalog, SidecarSettings::read);
    }
}
