package dev.freshet.sidecar.command;

import dev.freshet.assembly.Casing;
import dev.freshet.assembly.Target;
import dev.freshet.connector.debezium.DatabaseUnreachableException;
import dev.freshet.connector.debezium.GapException;
import dev.freshet.connector.debezium.PostgresPrerequisites;
import dev.freshet.connector.debezium.PostgresSettings;
import dev.freshet.connector.query.QueryFinding;
import dev.freshet.plan.OldKeys;
import dev.freshet.plan.OldRowNeeds;
import dev.freshet.rules.catalog.Catalog;
import dev.freshet.rules.yaml.Loading;
import dev.freshet.settings.DatabaseSettings;
import dev.freshet.settings.KafkaSettings;
import dev.freshet.write.valkey.ValkeyTarget;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code freshet run}: the sidecar. */
@Command(
        name = "run",
        description =
                "Follows the database, or topics that Debezium fills, and keeps the cache fresh until it is stopped.",
        mixinStandardHelpOptions = true,
        versionProvider = ProductVersion.class,
        footer = {
            "",
            "It waits for a cache that is away, not for one that refuses the password or has no such database.",
            "",
            "Under source.type: kafka it is one member of a consumer group, waits for a broker that is away or refuses, and where somebody has to decide, and says why.",
            "",
            "Exit codes: 0 it was asked to end, 1 the database does not answer or lacks something, the cache lets nobody in,",
            "another process holds the slot, or changes of a database were missed under on_gap: stop, 2 the file is wrong."
        })
public final class RunCommand implements Callable<Integer> {
    @Mixin
    private ConfigOption config = new ConfigOption();

    @Option(names = "--dry-run", description = "Says what it would write, and writes nothing.")
    private boolean dryRun;

    @Option(
            names = "--allow-unknown-old-keys",
            description =
                    "Starts although the database does not send the old values that some keys are made of: entries under"
                            + " old keys may then stay.")
    private boolean allowUnknownOldKeys;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Casing casing;

    public RunCommand(Casing casing) {
        this.casing = casing;
    }

    @Override
    public Integer call() {
        switch (config.load(Catalog.NONE).settings().source()) {
            case DatabaseSettings database -> follow(Preparation.of(config));
            case KafkaSettings kafka -> join(GroupPreparation.of(config, kafka));
        }
        return 0;
    }

    private OldKeys oldKeys() {
        return allowUnknownOldKeys ? OldKeys.MAY_BE_UNKNOWN : OldKeys.REQUIRED;
    }

    private void warn(Loading.Loaded<?> loaded) {
        ConfigOption.lines(loaded.warnings()).forEach(spec.commandLine().getErr()::println);
    }

    /** A member of a consumer group. */
    private void join(GroupPreparation prepared) {
        PrintWriter out = spec.commandLine().getOut();
        warn(prepared.loaded());
        List<String> refusals = new ArrayList<>(prepared.refusals());
        refusals.addAll(unmet(prepared.needs()));
        refuse(refusals);
        if (dryRun) {
            throw CommandFailedException.invalid(List.of("--dry-run follows a database: source.type is kafka"));
        }
        requireOpen(prepared.target());
        KafkaSettings source = prepared.source();
        out.printf(
                "reading %s as group '%s'%n",
                source.pattern()
                        .map(pattern -> "topics like " + pattern)
                        .orElseGet(() -> String.join(", ", source.topics())),
                source.group());
        new GroupMember(prepared, oldKeys(), casing, out).run();
    }

    private void follow(Preparation prepared) {
        PrintWriter out = spec.commandLine().getOut();
        warn(prepared.loaded());
        List<QueryFinding> queries = prepared.queryFindings();
        queries.stream()
                .filter(QueryFinding::isWarning)
                .forEach(spec.commandLine().getErr()::println);
        refuse(queries.stream()
                .filter(finding -> !finding.isWarning())
                .map(QueryFinding::toString)
                .toList());
        refuseWhatCannotBeRight(prepared);
        if (dryRun) {
            int unused = new DryRun(prepared, oldKeys(), out).run();
            return;
        }
        requireOpen(prepared.target());
        SlotPatience.await(prepared, out);
        Intentions.print(prepared, out);
        try {
            new Sidecar(prepared, oldKeys(), casing, out).run();
        } catch (GapException e) {
            throw CommandFailedException.failed(String.valueOf(e.getMessage()));
        }
    }

    private List<String> unmet(List<OldRowNeeds.Need> needs) {
        return needs.stream()
                .filter(need -> need.kind() == OldRowNeeds.Kind.UNCHANGED_LONG_VALUE || !allowUnknownOldKeys)
                .map(need -> need + ": run " + need.statement() + ";")
                .toList();
    }

    private void refuseWhatCannotBeRight(Preparation prepared) {
        List<String> lines = new ArrayList<>(unmet(prepared.needs()));
        long heap = Runtime.getRuntime().maxMemory();
        long memory = prepared.settings().pipeline().memory();
        if (memory > heap / 3 * 2) {
            lines.add("pipeline.memory is " + (memory >> 20) + "MB, and this process has " + (heap >> 20)
                    + "MB for everything (-Xmx); take half of it at most");
        }
        if (!dryRun) {
            lines.addAll(missing(prepared, prepared.sourceSettings()));
        }
        refuse(lines);
    }

    /** What the database lacks, a line each; that somebody holds the slot may pass and is not among it. */
    static List<String> missing(Preparation prepared, PostgresSettings source) {
        try {
            return PostgresPrerequisites.missing(prepared.database(), source).stream()
                    .filter(finding -> !(finding instanceof PostgresPrerequisites.Finding.SlotInUse))
                    .map(Object::toString)
                    .toList();
        } catch (DatabaseUnreachableException e) {
            return List.of(String.valueOf(e.getMessage()));
        }
    }

    static void refuse(List<String> lines) {
        if (!lines.isEmpty()) {
            throw CommandFailedException.failed(lines);
        }
    }

    /** Refuses a cache that lets nobody in with these settings. One that is away is waited for by whoever needs it. */
    private static void requireOpen(ValkeyTarget target) {
        try {
            Target.shut(target).ifPresent(why -> {
                throw CommandFailedException.failed(why);
            });
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CommandFailedException.failed("interrupted");
        }
    }
}
