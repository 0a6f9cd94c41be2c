package dev.freshet.sidecar.command;

import dev.freshet.assembly.Target;
import dev.freshet.checkpoint.Checkpoint;
import dev.freshet.checkpoint.ResyncRequest;
import dev.freshet.connector.debezium.DatabaseUnreachableException;
import dev.freshet.connector.debezium.PostgresBackfills;
import dev.freshet.rules.catalog.Catalog;
import dev.freshet.settings.DatabaseSettings;
import dev.freshet.settings.KafkaSettings;
import dev.freshet.settings.SidecarSettings;
import dev.freshet.write.TargetAwayException;
import dev.freshet.write.valkey.ValkeyCheckpoints;
import dev.freshet.write.valkey.ValkeyConnection;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code freshet resync}: has the cache built anew by the Freshet that follows the database. */
@Command(
        name = "resync",
        description = {
            "Has the running Freshet build the cache anew, as after a gap: tables are read, then every entry without a row goes.",
            "What is right stays all the time; what the application filled goes at once. Where no Freshet runs, the next one begins",
            "with it. It survives restarts, and begins again where it is asked for again. For one table there is backfill.",
            "",
            "Under source.type: kafka members of the group begin a new term within seconds, and nothing is waited for: what rules put",
            "is removed, and entries are missing until the topics are read again from where source.start says."
        },
        mixinStandardHelpOptions = true,
        versionProvider = ProductVersion.class,
        footer = {
            "",
            "Exit codes: 0 done, or asked for; 1 the database or the cache does not answer; 2 wrong usage, or the file is wrong."
        })
public final class ResyncCommand implements Callable<Integer> {
    @Mixin
    private ConfigOption config = new ConfigOption();

    @Option(names = "--no-wait", description = "Asks, and does not wait for the end.")
    private boolean noWait;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        SidecarSettings settings = config.load(Catalog.NONE).settings();
        switch (settings.source()) {
            case DatabaseSettings database -> askWhoFollows(Preparation.of(config));
            case KafkaSettings kafka -> askGroup(settings, kafka);
        }
        return 0;
    }

    /** Nobody waits for the end: no member knows when the others have read everything. */
    private void askGroup(SidecarSettings settings, KafkaSettings source) {
        PrintWriter out = spec.commandLine().getOut();
        try (ValkeyConnection cache = new ValkeyConnection(Target.of(settings))) {
            new ValkeyCheckpoints(cache, source.group(), () -> 0)
                    .ask(new ResyncRequest(UUID.randomUUID().toString()));
            out.println("asked for; members of the group '" + source.group()
                    + "' begin with it within seconds, and where none runs the next one does");
        } catch (TargetAwayException e) {
            throw CommandFailedException.failed(String.valueOf(e.getMessage()));
        }
        out.flush();
    }

    private void askWhoFollows(Preparation prepared) throws InterruptedException {
        refuseWhatWouldOnlyRemove(prepared);
        String slot = prepared.source().slot();
        PrintWriter out = spec.commandLine().getOut();
        try (ValkeyConnection cache = new ValkeyConnection(prepared.target())) {
            PostgresBackfills database = new PostgresBackfills(prepared.database(), slot);
            Optional<Boolean> followed = database.isFollowed();
            ValkeyCheckpoints checkpoints = new ValkeyCheckpoints(cache, slot, () -> 0);
            Optional<Integer> before = checkpoints.load().map(Checkpoint::sourceEpoch);
            ResyncRequest request = new ResyncRequest(UUID.randomUUID().toString());
            checkpoints.ask(request);
            if (!followed.orElse(false)) {
                out.println("asked for; no Freshet follows slot '" + slot + "' now, and the next one begins with it");
            } else if (noWait) {
                out.println("asked for");
            } else {
                new ResyncWait(checkpoints, before, new Follower(database, slot), out).await(request);
                out.println("done");
            }
        } catch (DatabaseUnreachableException | TargetAwayException e) {
            throw CommandFailedException.failed(String.valueOf(e.getMessage()));
        }
        out.flush();
    }

    private static void refuseWhatWouldOnlyRemove(Preparation prepared) {
        boolean never = prepared.source().snapshot() == DatabaseSettings.Snapshot.NEVER;
        if (never
                && prepared.rules().rules().stream()
                        .anyMatch(rule -> !rule.puts().isEmpty())) {
            throw CommandFailedException.invalid(List.of(
                    "source.snapshot is never, so no table would be read and every entry of a put removed: say initial, and start"
                            + " Freshet again, before a resync"));
        }
    }
}
