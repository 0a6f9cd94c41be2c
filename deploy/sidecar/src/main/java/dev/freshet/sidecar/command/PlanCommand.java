package dev.freshet.sidecar.command;

import dev.freshet.change.TableId;
import dev.freshet.connector.debezium.DatabaseUnreachableException;
import dev.freshet.rules.RuleSet;
import dev.freshet.rules.catalog.Catalog;
import dev.freshet.sidecar.upgrade.Upgrade;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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
                "Shows what happens when one rule file takes the place of another: keys added, kept and dropped, tables that "
                        + "are read, entries that are removed, and those that would stay. Changes nothing.",
        mixinStandardHelpOptions = true,
        versionProvider = ProductVersion.class,
        footer = {
            "",
            "What the new rules do a second, and how many purges a minute that makes, is in the log alone:",
            "explain --live --against samples it.",
            "",
            "Examples:",
            "  freshet plan -c new.yaml --against freshet.yaml",
            "  freshet plan -c new.yaml --against freshet.yaml --connect --json",
            "",
            "Exit codes: 0 the rules say the same, 1 the database does not answer, 2 a file is wrong, 3 the rules differ."
        })
public final class PlanCommand implements Callable<Integer> {
    private static final int DIFFER = 3;

    @Mixin
    private ConfigOption config = new ConfigOption();

    @Option(names = "--against", required = true, paramLabel = "FILE", description = "The file that runs now.")
    private Path against = Path.of("");

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
        return new UpgradeReport(upgrade(config.rules(catalog), catalog), Map.of());
    }

    private UpgradeReport connected() {
        Preparation prepared = Preparation.of(config);
        try {
            Map<TableId, Long> rows = prepared.database().estimatedRows();
            return new UpgradeReport(upgrade(prepared.rules(), prepared.catalog()), rows);
        } catch (DatabaseUnreachableException e) {
            throw CommandFailedException.failed(String.valueOf(e.getMessage()));
        }
    }

    private Upgrade upgrade(RuleSet now, Catalog catalog) {
        return Upgrade.of(ConfigOption.rules(against, catalog), now, catalog);
    }
}
