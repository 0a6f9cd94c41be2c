package dev.freshet.sidecar.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.connector.debezium.DatabaseUnreachableException;
import dev.freshet.connector.debezium.PostgresDatabase;
import dev.freshet.connector.debezium.PostgresPrerequisites;
import dev.freshet.rules.QueryPut;
import dev.freshet.rules.catalog.Catalog;
import dev.freshet.rules.catalog.SchemaFile;
import dev.freshet.rules.yaml.Loading;
import dev.freshet.rules.yaml.Problem;
import dev.freshet.rules.yaml.Variables;
import dev.freshet.settings.SidecarFile;
import dev.freshet.settings.SidecarSettings;
import dev.freshet.write.TargetAwayException;
import dev.freshet.write.valkey.Eviction;
import dev.freshet.write.valkey.ValkeyCheckpoints;
import dev.freshet.write.valkey.ValkeyConnection;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code freshet check}: everything that is wrong with a file, and with the database it names. */
@Command(
        name = "check",
        description = "Reports every problem of a configuration file.",
        mixinStandardHelpOptions = true,
        versionProvider = ProductVersion.class,
        footer = {
            "",
            "Exit codes: 0 nothing is wrong, 1 the database or the cache cannot be asked,",
            "2 the file is wrong, 3 the file is right and database or cache lack something."
        })
public final class CheckCommand implements Callable<Integer> {
    private static final int NOT_ASKED = 1;
    private static final int INVALID = 2;
    private static final int FOUND = 3;

    @Mixin
    private ConfigOption config = new ConfigOption();

    @Option(
            names = "--connect",
            description =
                    "Also asks the database: unknown tables and columns, and what it lacks, with the statements that"
                            + " mend it.")
    private boolean connect;

    @Option(names = "--strict", description = "Takes warnings for errors.")
    private boolean strict;

    @Option(names = "--json", description = "Prints one JSON object.")
    private boolean json;

    private boolean cacheAway;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        if (!connect) {
            Catalog schema = config.schema();
            return answer(SidecarFile.loadWhereKnown(config.file, schema), List.of(), schema);
        }
        Loading<SidecarSettings> loading = load(Catalog.NONE);
        List<String> lacks = new ArrayList<>();
        if (loading instanceof Loading.Loaded<SidecarSettings> loaded) {
            PostgresDatabase database = Preparation.database(Preparation.source(loaded.settings()));
            try {
                Catalog catalog = database.catalog();
                loading = load(catalog);
                if (loading instanceof Loading.Loaded<SidecarSettings> checked) {
                    lacks.addAll(
                            lacks(new Preparation(checked, catalog, database, Preparation.source(checked.settings()))));
                }
            } catch (DatabaseUnreachableException e) {
                throw CommandFailedException.failed(String.valueOf(e.getMessage()));
            }
        }
        return answer(loading, lacks, Catalog.NONE);
    }

    private int answer(Loading<?> loading, List<String> lacks, Catalog schema) {
        List<Problem> problems = problems(loading);
        print(problems, lacks, schema, connect ? 0 : queries(loading));
        boolean invalid = problems.stream().anyMatch(problem -> problem.isError() || strict);
        if (invalid) {
            return INVALID;
        }
        return cacheAway ? NOT_ASKED : lacks.isEmpty() ? 0 : FOUND;
    }

    private Loading<SidecarSettings> load(Catalog catalog) {
        return SidecarFile.load(config.file, Variables.ofProcess(), catalog);
    }

    private static List<Problem> problems(Loading<?> loading) {
        return switch (loading) {
            case Loading.Loaded<?> loaded -> loaded.warnings();
            case Loading.Refused<?> refused -> refused.problems();
        };
    }

    /** How many the rules have. */
    private static long queries(Loading<?> loading) {
        return switch (loading) {
            case Loading.Loaded<?> loaded ->
                loaded.rules().rules().stream()
                        .mapToLong(rule -> rule.forEach().stream().count()
                                + rule.puts().stream()
                                        .filter(QueryPut.class::isInstance)
                                        .count())
                        .sum();
            case Loading.Refused<?> refused -> 0;
        };
    }

    private List<String> lacks(Preparation prepared) throws DatabaseUnreachableException {
        List<String> lacks = new ArrayList<>();
        prepared.needs().forEach(need -> lacks.add(need + ": run " + need.statement() + ";"));
        prepared.queryFindings().forEach(finding -> lacks.add(finding.toString()));
        LiveWarnings warnings = new LiveWarnings(prepared.rules());
        warnings.partitioned(prepared.database().partitionedTables()).forEach(warning -> lacks.add(warning.toString()));
        PostgresPrerequisites.missing(prepared.database(), prepared.sourceSettings())
                .forEach(finding -> lacks.add(finding.toString()));
        try (ValkeyConnection cache = new ValkeyConnection(prepared.target())) {
            new ValkeyCheckpoints(cache, prepared.source().slot(), () -> 0).load();
            warnings.evicting(Eviction.of(cache)).forEach(warning -> lacks.add(warning.toString()));
        } catch (TargetAwayException e) {
            cacheAway = true;
            lacks.add("the cache cannot be used: " + e.getMessage());
        }
        return lacks;
    }

    /** {@code queries}: how many nobody has planned. */
    private void print(List<Problem> problems, List<String> lacks, Catalog schema, long queries) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(asJson(problems, lacks));
        } else if (problems.isEmpty() && lacks.isEmpty()) {
            out.println(config.file + ": nothing is wrong" + checkedAgainst(schema));
        } else {
            ConfigOption.lines(problems).forEach(out::println);
            lacks.forEach(out::println);
        }
        if (queries > 0 && !json) {
            out.println(queries + (queries == 1 ? " query was" : " queries were")
                    + " not planned against a database (--connect does that)");
        }
        out.flush();
    }

    private String checkedAgainst(Catalog schema) {
        if (connect) {
            return "";
        }
        return schema.tables().isEmpty()
                ? "; tables and columns were not looked up (--connect does, or freshet schema writes them to a file)"
                : "; tables and columns were looked up in " + SchemaFile.NAME;
    }

    private static String asJson(List<Problem> problems, List<String> lacks) {
        ObjectNode all = new ObjectMapper().createObjectNode();
        ArrayNode list = all.putArray("problems");
        for (Problem problem : problems) {
            ObjectNode each = list.addObject();
            each.put("code", problem.code().text());
            each.put("severity", problem.isError() ? "error" : "warning");
            each.put("file", problem.place().file());
            each.put("line", problem.place().line());
            each.put("column", problem.place().column());
            each.put("path", problem.path());
            each.put("message", problem.message());
            problem.suggestion().ifPresent(suggestion -> each.put("suggestion", suggestion));
        }
        ArrayNode missing = all.putArray("database");
        lacks.forEach(missing::add);
        return all.toString();
    }
}
