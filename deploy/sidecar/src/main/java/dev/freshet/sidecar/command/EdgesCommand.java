package dev.freshet.sidecar.command;

import dev.freshet.rules.catalog.Catalog;
import dev.freshet.rules.edge.Edge;
import dev.freshet.sidecar.edges.CapabilityJson;
import dev.freshet.sidecar.edges.CapabilityTable;
import dev.freshet.sidecar.edges.EdgeJson;
import dev.freshet.sidecar.edges.EdgeText;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code freshet edges}: what each make of edge can, or what those of a file may be sent. */
@Command(
        name = "edges",
        description =
                "Shows what each make of edge can purge and how much its provider takes; with -c the edges of a file instead.",
        mixinStandardHelpOptions = true,
        versionProvider = ProductVersion.class,
        footer = {
            "",
            "With -c, the last column is how many names leave within max_delay where nothing was sent before: what waits beyond"
                    + " that is escalated where its rule says so.",
            "",
            "Exit codes: 0 done, 2 wrong usage, or the file is wrong."
        })
public final class EdgesCommand implements Callable<Integer> {
    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = "A configuration file: shows its edges, its plans and budgets applied.")
    private @Nullable Path file;

    @Option(names = "--json", description = "Prints one JSON object.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        if (file == null) {
            printAll(out);
        } else {
            print(out, file, ConfigOption.rules(file, Catalog.NONE).edges());
        }
        out.flush();
        return 0;
    }

    private void printAll(PrintWriter out) {
        if (json) {
            out.println(CapabilityJson.all());
            return;
        }
        for (CapabilityTable table : CapabilityTable.all()) {
            out.println(table.title());
            out.println();
            table.table().lines().forEach(out::println);
            out.println();
        }
    }

    private void print(PrintWriter out, Path from, List<Edge> edges) {
        if (json) {
            out.println(EdgeJson.all(edges));
        } else if (edges.isEmpty()) {
            out.println(from + " has no edges");
        } else {
            for (Edge edge : edges) {
                EdgeText.of(edge).forEach(out::println);
                out.println();
            }
        }
    }
}
