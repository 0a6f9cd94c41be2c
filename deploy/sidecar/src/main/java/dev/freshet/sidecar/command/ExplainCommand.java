package dev.freshet.sidecar.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.change.Change;
import dev.freshet.connector.query.PostgresQueries;
import dev.freshet.rules.RuleSet;
import dev.freshet.rules.catalog.Catalog;
import dev.freshet.sidecar.sample.Sample;
import dev.freshet.sidecar.sample.SampleJson;
import dev.freshet.sidecar.sample.SampleText;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
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
            "--set price=null sets NULL, --set 'name=\"null\"' the text. Of a key of two columns: --row public.item/3,1.",
            "A change file is {\"table\": \"public.product\", \"before\": {...}, \"after\": {...}}, without before for an",
            "insert and without after for a delete, or Debezium's envelope. With schema.json beside the rules, values are",
            "read as their columns' types and columns left out are NULL, as test does it.",
            "--live needs the rights that run --dry-run needs; its slot and publication are dropped when it ends.",
            "",
            "Exit codes: 0 done, 1 a rule fails for the change, there is no such row, or the database does not answer, 2 wrong usage,",
            "or a file is wrong."
        })
public final class ExplainCommand implements Callable<Integer> {
    private static final int FAILS = 1;
    private static final Duration SOME_TIME = Duration.ofSeconds(30);

    @Mixin
    private ConfigOption config = new ConfigOption();

    @ArgGroup(multiplicity = "1")
    private What what = new What();

    @Option(
            names = "--set",
            paramLabel = "COLUMN=VALUE",
            description = "With --row: an update that sets this column; null is NULL. Without any: the row's insert.")
    private Map<String, String> set = Map.of();

    @Option(
            names = "--for",
            paramLabel = "DURATION",
            converter = DurationOption.class,
            description = "With --live: how long (default: 30s).")
    private @Nullable Duration length;

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
        refuseWhatIsIgnored();
        if (what.change != null) {
            Catalog schema = config.schema();
            RuleSet rules = config.rules(schema);
            Change change = ChangeFile.read(what.change, schema).change();
            return explain(Explanation.of(change, rules, schema, UnaryOperator.identity()), schema);
        }
        Preparation prepared = Preparation.of(config);
        if (what.row != null) {
            Change change = DatabaseRow.change(prepared, what.row, set);
            try (PostgresQueries queries = prepared.queries()) {
                return explain(
                        Explanation.of(change, prepared.rules(), prepared.catalog(), new AnsweredPlan(queries)::of),
                        prepared.catalog());
            }
        }
        LiveSample live = new LiveSample(
                prepared, old(prepared.catalog()), spec.commandLine().getErr());
        Duration some = length == null ? SOME_TIME : length;
        Sidecar.runUntilAskedToEnd(live::stop, () -> tell(live.take(some)), () -> {});
        return 0;
    }

    private void refuseWhatIsIgnored() {
        List<String> wrong = new ArrayList<>();
        if (!set.isEmpty() && what.row == null) {
            wrong.add("--set goes with --row alone" + (what.change == null ? "" : "; write the new row into the file"));
        }
        if (length != null && !what.live) {
            wrong.add("--for goes with --live alone");
        }
        if (!wrong.isEmpty()) {
            throw CommandFailedException.invalid(wrong);
        }
    }

    private Optional<RuleSet> old(Catalog catalog) {
        return Optional.ofNullable(against).map(file -> ConfigOption.rules(file, catalog));
    }

    private int explain(Explanation explanation, Catalog catalog) {
        Optional<RuleSet> old = old(catalog);
        if (json) {
            print(old.map(explanation::toJsonAgainst).orElseGet(explanation::toJson));
        } else {
            print(old.map(explanation::linesAgainst).orElseGet(explanation::lines));
        }
        return explanation.fails() ? FAILS : 0;
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
