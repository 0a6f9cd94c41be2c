package dev.freshet.sidecar.command;

import dev.freshet.change.TableId;
import dev.freshet.connector.debezium.DatabaseUnreachableException;
import dev.freshet.connector.debezium.PostgresBackfills;
import dev.freshet.write.TargetAwayException;
import dev.freshet.write.valkey.ValkeyConnection;
import java.io.PrintWriter;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code freshet backfill}: has a table read again by the Freshet that follows the database. */
@Command(
        name = "backfill",
        description = {
            "Has the running Freshet read a table again, beside what it follows: entries that are missing or wrong are written.",
            "It survives restarts, and begins when Freshet starts where none runs. Entries without a row stay."
        },
        mixinStandardHelpOptions = true,
        versionProvider = ProductVersion.class,
        footer = {
            "",
            "Exit codes: 0 done, or asked for; 1 the database or the cache does not answer, or there is no slot; 2 the file, the"
                    + " table or the condition is wrong."
        })
public final class BackfillCommand implements Callable<Integer> {
    @Mixin
    private ConfigOption config = new ConfigOption();

    @Option(
            names = "--table",
            paramLabel = "TABLE",
            required = true,
            description = "schema.table, or a table of public.")
    private String table = "";

    @Option(
            names = "--where",
            paramLabel = "SQL",
            defaultValue = "",
            description = "Which rows, as a condition in SQL: \"price > 100\". Default: all.")
    private String where = "";

    @ArgGroup
    private Instead instead = new Instead();

    /** What is asked of the backfills of the table that were asked for before; at most one of it. */
    private static final class Instead {
        @Option(names = "--cancel", description = "Stops the backfills of the table instead.")
        private boolean cancel;

        @Option(names = "--pause", description = "Has them wait instead, also over restarts.")
        private boolean pause;

        @Option(names = "--resume", description = "Has those that are paused go on instead, behind the others.")
        private boolean resume;

        Deed deed() {
            if (cancel) {
                return Deed.CANCEL;
            }
            if (pause) {
                return Deed.PAUSE;
            }
            return resume ? Deed.RESUME : Deed.READ;
        }
    }

    private enum Deed {
        READ,
        CANCEL,
        PAUSE,
        RESUME
    }

    @Option(names = "--no-wait", description = "Asks, and does not wait for the end.")
    private boolean noWait;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        Preparation prepared = Preparation.of(config);
        TableId id = followed(prepared);
        String slot = prepared.source().slot();
        PostgresBackfills backfills = new PostgresBackfills(prepared.database(), slot);
        PrintWriter out = spec.commandLine().getOut();
        Deed deed = instead.deed();
        String request = UUID.randomUUID().toString();
        try {
            switch (deed) {
                case READ ->
                    backfills.refusal(id, where).ifPresent(reason -> {
                        throw CommandFailedException.invalid(
                                List.of((where.isBlank() ? "--table " + table : "--where " + where) + ": " + reason));
                    });
                case CANCEL, PAUSE, RESUME -> requireAlone();
            }
            boolean runs = backfills
                    .isFollowed()
                    .orElseThrow(() -> CommandFailedException.failed("there is no replication slot '" + slot
                            + "': freshet run makes it, and reads every table"));
            switch (deed) {
                case READ -> backfills.ask(request, id, where);
                case CANCEL -> backfills.cancel(id);
                case PAUSE -> backfills.pause(id);
                case RESUME -> backfills.resume(id);
            }
            if (!runs) {
                out.println("asked for; no Freshet follows slot '" + slot + "' now, and the next one begins with it");
            } else if (noWait || deed != Deed.READ) {
                out.println("asked for");
            } else {
                try (ValkeyConnection cache = new ValkeyConnection(prepared.target())) {
                    new BackfillWait(cache, slot, new Follower(backfills, slot), out)
                            .await(request)
                            .ifPresent(failure -> {
                                throw CommandFailedException.failed("not done: " + failure);
                            });
                }
                out.println("done");
            }
        } catch (DatabaseUnreachableException | TargetAwayException e) {
            throw CommandFailedException.failed(String.valueOf(e.getMessage()));
        }
        out.flush();
        return 0;
    }

    /** They concern all backfills of the table. */
    private void requireAlone() {
        if (!where.isBlank()) {
            throw CommandFailedException.invalid(List.of(
                    "--where chooses rows to read: --cancel, --pause and --resume are for all backfills of the table"));
        }
    }

    private TableId followed(Preparation prepared) {
        int dot = table.indexOf('.');
        TableId id =
                dot < 0 ? new TableId("public", table) : new TableId(table.substring(0, dot), table.substring(dot + 1));
        if (!prepared.tables().contains(id)) {
            throw CommandFailedException.invalid(List.of("--table " + table + ": no rule follows it; rules follow "
                    + prepared.tables().stream().map(TableId::toString).collect(Collectors.joining(", "))));
        }
        return id;
    }
}
