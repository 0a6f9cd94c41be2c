package dev.freshet.sidecar.command;

import dev.freshet.change.Change;
import dev.freshet.plan.Failure;
import dev.freshet.plan.OldKeys;
import dev.freshet.plan.Operation;
import dev.freshet.plan.Plan;
import dev.freshet.plan.Planner;
import dev.freshet.rules.RuleSet;
import dev.freshet.rules.catalog.Catalog;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code freshet explain}: which rules match a change, and what follows. */
@Command(
        name = "explain",
        description = "Shows which rules match a change and what they do. Writes nothing.",
        mixinStandardHelpOptions = true,
        versionProvider = ProductVersion.class,
        footer = {
            "",
            "Examples:",
            "  freshet explain -c freshet.yaml --row public.product/3 --set price=1",
            "  freshet explain -c freshet.yaml --change change.json",
            "A change file is {\"table\": \"public.product\", \"before\": {...}, \"after\": {...}}, without before for an",
            "insert and without after for a delete, or Debezium's envelope."
        })
public final class ExplainCommand implements Callable<Integer> {
    @Mixin
    private ConfigOption config = new ConfigOption();

    @ArgGroup(multiplicity = "1")
    private What what = new What();

    @Option(
            names = "--set",
            paramLabel = "COLUMN=VALUE",
            description = "With --row: an update that sets this column. Without any: the row's insert.")
    private Map<String, String> set = Map.of();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** One of the two ways to name a change. */
    static final class What {
        @Option(names = "--row", paramLabel = "TABLE/KEY", description = "A row of the database, by its primary key.")
        @org.jspecify.annotations.Nullable
        String row;

        @Option(names = "--change", paramLabel = "FILE", description = "A change in a JSON file.")
        @org.jspecify.annotations.Nullable
        Path change;
    }

    @Override
    public Integer call() {
        if (what.change != null) {
            Catalog schema = config.schema();
            explain(config.load(schema).rules(), schema, ChangeFile.read(what.change));
        } else if (what.row != null) {
            Preparation prepared = Preparation.of(config);
            explain(prepared.rules(), prepared.catalog(), DatabaseRow.change(prepared, what.row, set));
        }
        return 0;
    }

    private void explain(RuleSet rules, Catalog catalog, Change change) {
        PrintWriter out = spec.commandLine().getOut();
        List<RuleSet.Bound> bound = rules.on(change.table());
        out.println(describe(change));
        if (bound.isEmpty()) {
            out.println("no rule follows " + change.table());
        }
        Plan plan = new Planner(rules, catalog, OldKeys.REQUIRED).plan(change);
        for (RuleSet.Bound each : bound) {
            out.println("rule " + each.rule().name());
            List<String> lines = new ArrayList<>();
            for (Operation operation : plan.operations()) {
                if (operation.rule().equals(each.rule().name())) {
                    lines.add("  " + Told.of(operation));
                }
            }
            for (Failure failure : plan.failures()) {
                if (failure.rule().equals(each.rule().name())) {
                    lines.add("  fails at " + failure.path() + ": " + failure.reason());
                }
            }
            (lines.isEmpty() ? List.of("  does nothing for this change") : lines).forEach(out::println);
        }
        out.flush();
    }

    private static String describe(Change change) {
        return switch (change) {
            case Change.Insert insert -> "insert of " + insert.row();
            case Change.Update update -> "update of " + update.row();
            case Change.Delete delete -> "delete of " + delete.row();
            case Change.Snapshot snapshot -> "snapshot of " + snapshot.row();
            case Change.Truncate truncate -> "truncate of " + truncate.table();
        };
    }
}
