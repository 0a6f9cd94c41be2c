package dev.freshet.sidecar.command;

import dev.freshet.change.TableId;
import dev.freshet.connector.debezium.DatabaseUnreachableException;
import dev.freshet.rules.RuleSet;
import dev.freshet.rules.catalog.Catalog;
import dev.freshet.rules.yaml.Loading;
import dev.freshet.rules.yaml.Transcripts;
import dev.freshet.sidecar.settings.SidecarSettings;
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
            "Examples:",
            "  freshet plan -c new.yaml",
            "  freshet plan -c new.yaml --against freshet.yaml",
            "  freshet plan -c new.yaml --against freshet.yaml --connect --json",
            "",
            "Exit codes: 0 the rules say the same, 1 the database or the cache does not answer, or the cache has no rules, 2 a file",
            "is wrong, 3 the rules differ."
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
        return report.upgrade().same() ? 0 : DIFFER;
    }

    private UpgradeReport unconnected() {
        Catalog catalog = config.schema();
        if (against.isPresent()) {
            return new UpgradeReport(against(against.get(), config.rules(catalog), catalog), Map.of());
        }
        Loading.Loaded<SidecarSettings> loaded = config.load(catalog);
        Transcripts.Rules running = RunningRules.of(loaded.settings());
        // Where nobody tells of tables here, those of the running rules say most.
        Catalog known = catalog.equals(Catalog.NONE) ? running.catalog() : catalog;
        return new UpgradeReport(Upgrade.of(running.rules(), running.catalog(), loaded.rules(), known), Map.of());
    }

    private UpgradeReport connected() {
        Preparation prepared = Preparation.of(config);
        try {
            Map<TableId, Long> rows = prepared.database().estimatedRows();
            return new UpgradeReport(upgrade(prepared), rows);
        } catch (DatabaseUnreachableException e) {
            throw CommandFailedException.failed(String.valueOf(e.getMessage()));
        }
    }

    private Upgrade upgrade(Preparation prepared) {
        if (against.isPresent()) {
            return against(against.get(), prepared.rules(), prepared.catalog());
        }
        Transcripts.Rules running = RunningRules.of(prepared.settings());
        return Upgrade.of(running.rules(), running.catalog(), prepared.rules(), prepared.catalog());
    }

    private static Upgrade against(Path file, RuleSet now, Catalog catalog) {
        return Upgrade.of(ConfigOption.rules(file, catalog), catalog, now, catalog);
    }
}
