package dev.freshet.sidecar.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.change.TableId;
import dev.freshet.plan.CacheTag;
import dev.freshet.plan.RowTags;
import dev.freshet.rules.RuleSet;
import dev.freshet.rules.catalog.Catalog;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code freshet tags}: what an application must write into its responses. */
@Command(
        name = "tags",
        description =
                "Shows the tags of a row: for each edge the exact header that a response made of the row must carry, "
                        + "and the tags under which its cache entries stand.",
        mixinStandardHelpOptions = true,
        versionProvider = ProductVersion.class,
        footer = {
            "",
            "A response that is made of several rows carries the tags of all of them.",
            "",
            "Examples:",
            "  freshet tags --table public.product --id 42",
            "  freshet tags --change change.json --json",
            "",
            "Exit codes: 0 done, 1 a tag cannot be told, or the database does not answer, 2 wrong usage, or a file is wrong."
        })
public final class TagsCommand implements Callable<Integer> {
    private static final int CANNOT_BE_TOLD = 1;

    @Mixin
    private ConfigOption config = new ConfigOption();

    @ArgGroup(multiplicity = "1")
    private Whose whose = new Whose();

    @Option(names = "--json", description = "Prints one JSON object.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** One of the two ways to name a row. */
    static final class Whose {
        @ArgGroup(exclusive = false)
        @Nullable
        InDatabase inDatabase;

        @Option(
                names = "--change",
                paramLabel = "FILE",
                description =
                        "The row of a change in a JSON file, as explain reads it: the new one, of a delete the old one.")
        @Nullable
        Path change;
    }

    /** A row of the database. */
    static final class InDatabase {
        @Option(
                names = "--table",
                required = true,
                paramLabel = "TABLE",
                description = "Its table, such as public.product.")
        String table = "";

        @Option(
                names = "--id",
                required = true,
                paramLabel = "KEY",
                description = "Its primary key; a comma between the values of several columns.")
        String id = "";
    }

    @Override
    public Integer call() {
        RowTags tags;
        RuleSet rules;
        if (whose.change != null) {
            Catalog schema = config.schema();
            rules = config.rules(schema);
            ChangeFile change = ChangeFile.read(whose.change, schema);
            tags = RowTags.of(rules, change.table(), change.row());
        } else if (whose.inDatabase != null) {
            Preparation prepared = Preparation.of(config);
            rules = prepared.rules();
            TableId table = table(whose.inDatabase.table);
            tags = RowTags.of(rules, table, DatabaseRow.read(prepared, table, whose.inDatabase.id));
        } else {
            throw new IllegalStateException("the command line promised one of them");
        }
        print(EdgeHeader.of(rules.edges(), tags), tags);
        return tags.failures().isEmpty() ? 0 : CANNOT_BE_TOLD;
    }

    private static TableId table(String text) {
        int dot = text.indexOf('.');
        if (dot <= 0 || dot == text.length() - 1) {
            throw CommandFailedException.invalid(
                    List.of("--table " + text + ": write schema.table, such as public.product"));
        }
        return new TableId(text.substring(0, dot), text.substring(dot + 1));
    }

    private void print(List<EdgeHeader> headers, RowTags tags) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(asJson(headers, tags));
        } else {
            headers.forEach(header -> out.printf("%-12s%s%n", header.edge().name(), header.line()));
            out.printf("%-12s%s%n", "cache", cacheTags(tags));
            tags.failures()
                    .forEach(failure -> out.println(
                            "rule " + failure.rule() + " fails at " + failure.path() + ": " + failure.reason()));
        }
        out.flush();
    }

    private static String cacheTags(RowTags tags) {
        return tags.ofEntries().isEmpty()
                ? "no tags"
                : "tags " + tags.ofEntries().stream().map(CacheTag::text).collect(Collectors.joining(" "));
    }

    private static ObjectNode asJson(List<EdgeHeader> headers, RowTags tags) {
        ObjectNode all = new ObjectMapper().createObjectNode();
        ArrayNode edges = all.putArray("edges");
        headers.forEach(header -> edges.add(header.toJson()));
        ArrayNode entries = all.putArray("cache_tags");
        tags.ofEntries().forEach(tag -> entries.add(tag.text()));
        ArrayNode failures = all.putArray("failures");
        tags.failures()
                .forEach(failure -> failures.addObject()
                        .put("rule", failure.rule().text())
                        .put("at", failure.path())
                        .put("reason", failure.reason()));
        return all;
    }
}
