package dev.freshet.sidecar.command;

import dev.freshet.change.TableId;
import dev.freshet.connector.debezium.DatabaseUnreachableException;
import dev.freshet.rules.RuleSet;
import dev.freshet.rules.catalog.Catalog;
import dev.freshet.rules.yaml.Loading;
import dev.freshet.rules.yaml.Transcripts;
import dev.freshet.settings.SidecarFile;
import dev.freshet.settings.SidecarSettings;
import dev.freshet.settings.Whereabouts;
import dev.freshet.sidecar.upgrade.Moves;
import dev.freshet.sidecar.upgrade.Upgrade;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code freshet plan}: what a new rule file brings. */
@Command(
        name = "plan",
        description =
                "Shows what happens when a rule file takes the place of the rules that run: keys added, kept and dropped, tables that "
                        + "are read, entries that are removed, and those that would stay. Changes nothing.",
        mixinStandardHelpOptions = true,
        versionProvider = ProductVersion.class,
        footer = {
            "",
            "A Freshet leaves its rules in the cache, by slot and cache.prefix, so that the next one, under other rules, also",
            "removes the entries that only the rules of before put. Versions before this one did not: after those, remove the",
            "entries of dropped keys by hand.",
            "",
            "What the new rules do a second, and how many purges a minute that makes, is in the log alone:",
            "explain --live --against samples it.",
            "",
            "--against also tells of another cache.url, cache.prefix or slot: every entry of the one before stays there, or what only",
            "its rules put. Without --against the running rules are looked up under those of the new file, so that another",
            "slot or prefix finds none.",
            "",
            "Examples:",
            "  freshet plan -c new.yaml",
            "  freshet plan -c new.yaml --against freshet.yaml",
            "  freshet plan -c new.yaml --against freshet.yaml --connect --json",
            "",
            "Exit codes: 0 rules and place are the same, 1 the database or the cache does not answer, or the cache has no rules, 2 a file",
            "is wrong, 3 the rules or the place differ."
        })
public final class PlanCommand implements Callable<Integer> {
    private static final int DIFFER = 3;

    @Mixin
    private ConfigOption config = new ConfigOption();

    @Option(
            names = "--against",
            paramLabel = "FILE",
            description = "The file that runs now. Without it, the rules that a running Freshet left in the cache.")
    private Optional<Path> against = Optional.empty();

    @Option(names = "--connect", description = "Asks the database for its tables, and how many rows they have.")
    private boolean connect;

    @Option(names = "--json", description = "Prints one JSON object.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        UpgradeReport report = connect ? connected() : unconnected();
        PrintWriter out = spec.commandLine().getOut();
        (json ? List.of(report.toJson().toString()) : report.lines()).forEach(out::println);
        out.flush();
        return report.same() ? 0 : DIFFER;
    }

    private UpgradeReport unconnected() {
        Catalog catalog = config.schema();
        if (against.isPresent()) {
            Loading.Loaded<Whereabouts> now = whereabouts(config.file, catalog);
            return against(against.get(), now.rules(), now.settings(), catalog, Map.of());
        }
        Loading.Loaded<SidecarSettings> loaded = config.load(catalog);
        Transcripts.Rules running = RunningRules.of(loaded.settings());
        // Where nobody tells of tables here, those of the running rules say most.
        Catalog known = catalog.equals(Catalog.NONE) ? running.catalog() : catalog;
        return inPlace(Upgrade.of(running.rules(), running.catalog(), loaded.rules(), known), loaded, Map.of());
    }

    private UpgradeReport connected() {
        Preparation prepared = Preparation.of(config);
        Map<TableId, Long> rows = rows(prepared);
        if (against.isPresent()) {
            Whereabouts now = Whereabouts.of(prepared.settings());
            return against(against.get(), prepared.rules(), now, prepared.catalog(), rows);
        }
        Transcripts.Rules running = RunningRules.of(prepared.settings());
        Upgrade upgrade = Upgrade.of(running.rules(), running.catalog(), prepared.rules(), prepared.catalog());
        return inPlace(upgrade, prepared.loaded(), rows);
    }

    private static Map<TableId, Long> rows(Preparation prepared) {
        try {
            return prepared.database().estimatedRows();
        } catch (DatabaseUnreachableException e) {
            throw CommandFailedException.failed(String.valueOf(e.getMessage()));
        }
    }

    /** Rules that were found by their place are in it. */
    private static UpgradeReport inPlace(
            Upgrade upgrade, Loading.Loaded<SidecarSettings> loaded, Map<TableId, Long> rows) {
        return new UpgradeReport(upgrade, rows, Whereabouts.of(loaded.settings()), Moves.NONE);
    }

    private static UpgradeReport against(
            Path file, RuleSet now, Whereabouts place, Catalog catalog, Map<TableId, Long> rows) {
        Loading.Loaded<Whereabouts> old = whereabouts(file, catalog);
        return new UpgradeReport(
                Upgrade.of(old.rules(), catalog, now, catalog),
                rows,
                old.settings().or(place),
                Moves.between(old.settings(), place));
    }

    private static Loading.Loaded<Whereabouts> whereabouts(Path file, Catalog catalog) {
        return switch (SidecarFile.loadWhereabouts(file, catalog)) {
            case Loading.Loaded<Whereabouts> loaded -> loaded;
            case Loading.Refused<Whereabouts> refused ->
                throw CommandFailedException.invalid(ConfigOption.lines(refused.problems()));
        };
    }
}
