package dev.freshet.sidecar.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.change.Change;
import dev.freshet.connector.query.PostgresQueries;
import dev.freshet.plan.Plan;
import dev.freshet.rules.RuleSet;
import dev.freshet.rules.catalog.Catalog;
import dev.freshet.sidecar.sample.Sample;
import dev.freshet.sidecar.sample.SampleJson;
import dev.freshet.sidecar.sample.SampleText;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code freshet explain}: which rules match a change, and what follows; or what would follow from the running log. */
@Command(
        name = "explain",
        description = "Shows which rules match a change and what they do. Writes nothing.",
        mixinStandardHelpOptions = true,
        versionProvider = ProductVersion.class,
        footer = {
            "",
            "Examples:",
            "  freshet explain -c freshet.yaml --row public.product/3 --set price=1",
            "  freshet explain -c freshet.yaml --change change.json --json",
            "  freshet explain -c new.yaml --against freshet.yaml --row public.product/3",
            "  freshet explain -c new.yaml --live --for 30s",
            "With --row, queries of the rules are answered by the database as it is now, without the change.",
            "A change file is {\"table\": \"public.product\", \"before\": {...}, \"after\": {...}}, without before for an",
            "insert and without after for a delete, or Debezium's envelope.",
            "--live needs the rights that run --dry-run needs; its slot and publication are dropped when it ends."
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

    @Option(
            names = "--for",
            paramLabel = "DURATION",
            defaultValue = "30s",
            converter = DurationOption.class,
            description = "With --live: how long (default: ${DEFAULT-VALUE}).")
    private Duration length = Duration.ofSeconds(30);

    @Option(
            names = "--against",
            paramLabel = "FILE",
            description = "What is otherwise than under the rules of this file.")
    private @Nullable Path against;

    @Option(names = "--json", description = "Prints one JSON object.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** One of the ways to name changes. */
    static final class What {
        @Option(names = "--row", paramLabel = "TABLE/KEY", description = "A row of the database, by its primary key.")
        @Nullable
        String row;

        @Option(names = "--change", paramLabel = "FILE", description = "A change in a JSON file.")
        @Nullable
        Path change;

        @Option(names = "--live", description = "The changes that the database makes meanwhile, in figures.")
        boolean live;
    }

    @Override
    public Integer call() {
        if (what.change != null) {
            Catalog schema = config.schema();
            explain(config.rules(schema), schema, ChangeFile.read(what.change), UnaryOperator.identity());
            return 0;
        }
        Preparation prepared = Preparation.of(config);
        if (what.row != null) {
            Change change = DatabaseRow.change(prepared, what.row, set);
            try (PostgresQueries queries = prepared.queries()) {
                explain(prepared.rules(), prepared.catalog(), change, new AnsweredPlan(queries)::of);
            }
        } else {
            LiveSample live = new LiveSample(
                    prepared, old(prepared.catalog()), spec.commandLine().getErr());
            Sidecar.runUntilAskedToEnd(live::stop, () -> tell(live.take(length)), () -> {});
        }
        return 0;
    }

    private Optional<RuleSet> old(Catalog catalog) {
        return Optional.ofNullable(against).map(file -> ConfigOption.rules(file, catalog));
    }

    private void explain(RuleSet rules, Catalog catalog, Change change, UnaryOperator<Plan> answers) {
        Explanation explanation = new Explanation(change, rules, catalog, answers);
        Optional<RuleSet> old = old(catalog);
        if (json) {
            print(old.map(explanation::toJsonAgainst).orElseGet(explanation::toJson));
        } else {
            print(old.map(explanation::linesAgainst).orElseGet(explanation::lines));
        }
    }

    private void tell(Sample sample) {
        if (json) {
            print(SampleJson.of(sample));
        } else {
            print(SampleText.of(sample));
        }
    }

    private void print(JsonNode answer) {
        print(List.of(answer.toString()));
    }

    private void print(List<String> lines) {
        PrintWriter out = spec.commandLine().getOut();
        lines.forEach(out::println);
        out.flush();
    }
}
