package dev.freshet.sidecar.command;

import dev.freshet.connector.debezium.DatabaseUnreachableException;
import dev.freshet.rules.catalog.Catalog;
import dev.freshet.rules.catalog.SchemaFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code freshet schema}: the tables that rules are checked against where there is no database. */
@Command(
        name = "schema",
        description = {
            "Writes the database's tables and columns as JSON.",
            "check and explain --change read schema.json beside the rules and ask no database."
        },
        mixinStandardHelpOptions = true,
        versionProvider = ProductVersion.class,
        footer = {
            "",
            "Exit codes: 0 done, 1 the database does not answer, or the file cannot be written, 2 the file is wrong."
        })
public final class SchemaCommand implements Callable<Integer> {
    @Mixin
    private ConfigOption config = new ConfigOption();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Where to write it; without it, to standard output.")
    private @Nullable Path output;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        Catalog catalog = catalog();
        String json = SchemaFile.write(catalog);
        if (output == null) {
            out.print(json);
        } else {
            write(output, json);
            out.println(output + ": " + catalog.tables().size() + " tables");
        }
        out.flush();
        return 0;
    }

    private Catalog catalog() {
        try {
            return Preparation.database(
                            Preparation.source(config.load(Catalog.NONE).settings()))
                    .catalog();
        } catch (DatabaseUnreachableException e) {
            throw CommandFailedException.failed(String.valueOf(e.getMessage()));
        }
    }

    private static void write(Path file, String json) {
        try {
            Files.writeString(file, json);
        } catch (IOException e) {
            throw CommandFailedException.failed(file + ": cannot be written (" + e.getMessage() + ")");
        }
    }
}
