package dev.freshet.settings;

import dev.freshet.rules.catalog.Catalog;
import dev.freshet.rules.yaml.Loading;
import dev.freshet.rules.yaml.RuleFiles;
import dev.freshet.rules.yaml.Variables;
import java.nio.file.Path;
import java.util.Optional;

/** A sidecar's main file. */
public final class SidecarFile {
    private SidecarFile() {}

    /**
     * Loads settings and rules, or every problem of both.
     *
     * @param file named as problems shall name it
     * @param variables where secrets come from, each of which must have a value
     * @param catalog the tables to check against, {@link Catalog#NONE} where none are known
     */
    public static Loading<SidecarSettings> load(Path file, Variables variables, Catalog catalog) {
        return new RuleFiles(variables).load(file, catalog, SidecarSettings::read);
    }

    /**
     * The same for those who connect to nothing: variables that have no value here are not missed.
     *
     * @return without settings where one of those would be among them
     */
    public static Loading<Optional<SidecarSettings>> loadWhereKnown(Path file, Catalog catalog) {
        return new RuleFiles(Variables.whereTheyAreKnown())
                .load(file, catalog, top -> Optional.of(SidecarSettings.read(top)));
    }

    /** The rules, and where a process of them is, as far as the file says it and variables have values here. */
    public static Loading<Whereabouts> loadWhereabouts(Path file, Catalog catalog) {
        return new RuleFiles(Variables.whereTheyAreKnown())
                .load(file, catalog, top -> Optional.of(Whereabouts.read(top)));
    }
}
