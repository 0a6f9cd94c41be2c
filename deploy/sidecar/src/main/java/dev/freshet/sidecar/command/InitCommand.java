package dev.freshet.sidecar.command;

import dev.freshet.change.TableId;
import dev.freshet.connector.debezium.DatabaseUnreachableException;
import dev.freshet.connector.debezium.PostgresDatabase;
import dev.freshet.connector.debezium.PostgresPrerequisites;
import dev.freshet.rules.catalog.Catalog;
import dev.freshet.rules.catalog.SchemaFile;
import dev.freshet.rules.expression.Spelling;
import dev.freshet.rules.yaml.Loading;
import dev.freshet.rules.yaml.Problem;
import dev.freshet.rules.yaml.Variables;
import dev.freshet.settings.SidecarFile;
import dev.freshet.settings.SidecarSettings;
import dev.freshet.sidecar.draft.FileDraft;
import dev.freshet.sidecar.draft.RuleDraft;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code freshet init}: a first file for a database. */
@Command(
        name = "init",
        description =
                "Connects to a database, and writes a commented configuration file with a rule for each chosen table, "
                        + "and schema.json beside it. Prints the SQL that an administrator must run. Changes nothing in the database.",
        mixinStandardHelpOptions = true,
        versionProvider = ProductVersion.class,
        footer = {
            "",
            "The password is taken from the environment, PGPASSWORD where --password names no other variable.",
            "",
            "Examples:",
            "  PGPASSWORD=... freshet init --url postgresql://db.internal:5432/shop --user freshet --tables product,category",
            "  freshet init --url postgresql://localhost/shop --user me --password '${file:/run/secrets/db}'",
            "",
            "Exit codes: 0 done, 1 the database does not answer, 2 wrong usage, or a file is there already."
        })
public final class InitCommand implements Callable<Integer> {
    private static final String PASSWORD = "PGPASSWORD";

    @Option(names = "--url", required = true, paramLabel = "URL", description = "postgresql://host:port/database")
    private String url = "";

    @Option(names = "--user", required = true, paramLabel = "NAME", description = "Who will read the database.")
    private String user = "";

    @Option(
            names = "--password",
            paramLabel = "VARIABLE",
            description = "Where the password is: $${env:NAME} or $${file:/path}. Never the password itself.")
    private @Nullable String password;

    @Option(
            names = "--cache",
            paramLabel = "URL",
            defaultValue = "redis://localhost:6379",
            description = "The cache (default: ${DEFAULT-VALUE}).")
    private String cache = "";

    @Option(
            names = "--tables",
            split = ",",
            paramLabel = "TABLE",
            description = "Tables to write rules for, with or without their schema. Without it, asks on a terminal.")
    private List<String> tables = List.of();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            defaultValue = "freshet.yaml",
            description = "Where to write it (default: ${DEFAULT-VALUE}).")
    private Path output = Path.of("freshet.yaml");

    @Option(names = "--force", description = "Overwrites files that are there.")
    private boolean force;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        Path schema = output.resolveSibling(SchemaFile.NAME);
        refuseToOverwrite(List.of(output, schema));
        FileDraft empty = FileDraft.of(url, user, variable(), cache, List.of());
        PostgresDatabase database = Preparation.database(Preparation.source(settings(empty)));
        try {
            Catalog catalog = database.catalog();
            list(catalog, database.estimatedRows());
            List<Catalog.Table> chosen = chosen(catalog);
            FileDraft draft =
                    FileDraft.of(url, user, empty.password(), cache, chosen).with(freeSlot(database));
            tellLeftOut(chosen, draft);
            write(output, draft.text());
            write(schema, SchemaFile.write(catalog));
            say(output + ": " + draft.rules().size() + (draft.rules().size() == 1 ? " rule" : " rules"));
            say(schema + ": " + catalog.tables().size() + " tables");
            tellLacks();
        } catch (DatabaseUnreachableException e) {
            throw CommandFailedException.failed(String.valueOf(e.getMessage()), whereSettingsAre(empty.password()));
        }
        return 0;
    }

    /** There is no file yet that could be corrected. */
    private static String whereSettingsAre(Optional<String> variable) {
        return "source.url is --url here, source.user is --user, and source.password is "
                + variable.map(place -> "what " + place + " holds")
                        .orElse("not given: set " + PASSWORD + " in the environment, or name another place with"
                                + " --password '${env:NAME}' or --password '${file:/path}'");
    }

    /** A slot has one reader, and another Freshet's publication is not to be touched. */
    private String freeSlot(PostgresDatabase database) throws DatabaseUnreachableException {
        String slot = FileDraft.SLOT;
        Optional<PostgresPrerequisites.Finding> taken = PostgresPrerequisites.slotTaken(database, slot);
        for (int number = 2; taken.isPresent(); number++) {
            String next = FileDraft.SLOT + "_" + number;
            say(taken.get().what() + ": the file says slot and publication '" + next
                    + "'. If that one follows the same rules, this one is not needed");
            slot = next;
            taken = PostgresPrerequisites.slotTaken(database, slot);
        }
        return slot;
    }

    private void refuseToOverwrite(List<Path> files) {
        List<String> there = files.stream()
                .filter(file -> !force && Files.exists(file))
                .map(file -> file + " is there already; --force overwrites it")
                .toList();
        if (!there.isEmpty()) {
            throw CommandFailedException.invalid(there);
        }
    }

    private Optional<String> variable() {
        if (password == null) {
            return System.getenv(PASSWORD) == null ? Optional.empty() : Optional.of("${env:" + PASSWORD + "}");
        }
        if (!password.matches("\\$\\{(?:env|file):.+}")) {
            throw CommandFailedException.invalid(List.of(
                    "--password says where the password is, ${env:NAME} or ${file:/path}, so that it stands in no"
                            + " file and no list of processes"));
        }
        return Optional.of(password);
    }

    /** Reads url, user and password as the file that is to be written will be read. */
    private static SidecarSettings settings(FileDraft draft) {
        try {
            Path trial = Files.createTempFile("freshet-init", ".yaml");
            try {
                String rule = "rules: {none: {table: none.none, invalidate: [{key: none}]}}\n";
                Files.writeString(trial, draft.connections() + rule);
                return switch (SidecarFile.load(trial, Variables.ofProcess(), Catalog.NONE)) {
                    case Loading.Loaded<SidecarSettings> loaded -> loaded.settings();
                    case Loading.Refused<SidecarSettings> refused ->
                        throw CommandFailedException.invalid(refused.problems().stream()
                                .filter(Problem::isError)
                                .map(problem -> problem.path() + ": " + problem.message())
                                .toList());
                };
            } finally {
                Files.delete(trial);
            }
        } catch (IOException e) {
            throw CommandFailedException.failed("a temporary file cannot be written: " + e.getMessage());
        }
    }

    private void list(Catalog catalog, Map<TableId, Long> rows) {
        say("tables of " + url + ":");
        catalog.tables().keySet().stream()
                .sorted()
                .forEach(table -> say("  " + table + "  "
                        + (rows.getOrDefault(table, 0L) == 0
                                ? "rows not counted yet"
                                : "about " + rows.get(table) + " rows")));
    }

    private List<Catalog.Table> chosen(Catalog catalog) {
        List<String> names = tables.isEmpty() ? asked() : tables;
        if (names.isEmpty()) {
            throw CommandFailedException.invalid(List.of("choose tables: --tables product,category"));
        }
        List<String> problems = new ArrayList<>();
        Set<Catalog.Table> chosen = new LinkedHashSet<>();
        for (String name : names) {
            List<Catalog.Table> found = catalog.tables().values().stream()
                    .filter(table -> table.id().toString().equals(name)
                            || table.id().name().equals(name))
                    .toList();
            if (found.size() == 1) {
                chosen.addAll(found);
            } else {
                problems.add("--tables " + name + ": " + (found.isEmpty() ? unknown(catalog, name) : ambiguous(found)));
            }
        }
        if (problems.isEmpty()
                && chosen.stream().allMatch(table -> RuleDraft.obstacle(table).isPresent())) {
            chosen.forEach(table ->
                    problems.add(noRule(table, RuleDraft.obstacle(table).orElseThrow())));
        }
        if (!problems.isEmpty()) {
            throw CommandFailedException.invalid(problems);
        }
        return List.copyOf(chosen);
    }

    /** Nothing where there is nobody to ask. */
    private static List<String> asked() {
        return Terminal.ask("Tables to keep in the cache, commas between them: ").stream()
                .flatMap(answer -> Stream.of(answer.split(",")))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
    }

    private static String unknown(Catalog catalog, String name) {
        List<String> names = catalog.tables().keySet().stream()
                .flatMap(table -> Stream.of(table.toString(), table.name()))
                .toList();
        return "there is no such table"
                + Spelling.nearest(name, names)
                        .map(nearest -> "; did you mean '" + nearest + "'?")
                        .orElse("");
    }

    private static String ambiguous(List<Catalog.Table> found) {
        return "say which: "
                + String.join(
                        ", ",
                        found.stream()
                                .map(table -> table.id().toString())
                                .sorted()
                                .toList());
    }

    private void tellLeftOut(List<Catalog.Table> chosen, FileDraft draft) {
        chosen.forEach(table -> RuleDraft.obstacle(table).ifPresent(reason -> say(noRule(table, reason))));
        draft.rules().stream()
                .filter(rule -> !rule.leftOut().isEmpty())
                .forEach(rule -> say("left out of " + rule.table().id() + ", since it looks like a secret: "
                        + String.join(", ", rule.leftOut())));
    }

    private static String noRule(Catalog.Table table, String reason) {
        return "no rule for " + table.id() + ": " + reason;
    }

    /** What the database lacks for the file that was written. */
    private void tellLacks() throws DatabaseUnreachableException {
        ConfigOption config = new ConfigOption();
        config.file = output;
        Preparation prepared = Preparation.of(config);
        ConfigOption.lines(prepared.loaded().warnings()).forEach(this::say);
        List<String> sql = new ArrayList<>();
        for (PostgresPrerequisites.Finding finding :
                PostgresPrerequisites.missing(prepared.database(), prepared.sourceSettings())) {
            sql.add("-- " + finding.statement().map(statement -> finding.what()).orElseGet(finding::toString));
            finding.statement().ifPresent(statement -> sql.add(statement + ";"));
        }
        prepared.needs().forEach(need -> sql.addAll(List.of("-- " + need, need.statement() + ";")));
        if (sql.isEmpty()) {
            say("the database lacks nothing");
        } else {
            say("an administrator, or the tables' owner, must run:");
            sql.stream().distinct().forEach(line -> say("  " + line));
            if (sql.stream().anyMatch(line -> line.contains("wal_level"))) {
                say("wal_level counts after a restart of PostgreSQL");
            }
        }
        say("next: freshet check --connect -c " + output);
    }

    private void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw CommandFailedException.failed(file + ": cannot be written (" + e.getMessage() + ")");
        }
    }

    private void say(String line) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(line);
        out.flush();
    }
}
