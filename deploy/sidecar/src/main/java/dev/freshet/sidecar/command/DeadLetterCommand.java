package dev.freshet.sidecar.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.assembly.Target;
import dev.freshet.connector.debezium.DatabaseUnreachableException;
import dev.freshet.connector.debezium.PostgresBackfills;
import dev.freshet.deadletter.DeadLetter;
import dev.freshet.rules.catalog.Catalog;
import dev.freshet.settings.SidecarSettings;
import dev.freshet.write.TargetAwayException;
import dev.freshet.write.valkey.ValkeyConnection;
import dev.freshet.write.valkey.ValkeyDeadLetters;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code freshet deadletter}: what was set aside for a person. */
@Command(
        name = "deadletter",
        description = {
            "Shows what was set aside: rules that could not be applied to a row, and what the cache would not take.",
            "replay has the running Freshet read the rows again, as they are now, and forgets the letters that this makes",
            "good; it says which stay, and why. What still fails becomes a new letter. discard forgets them. Letters hold names and reasons, never the rows' values."
        },
        mixinStandardHelpOptions = true,
        versionProvider = ProductVersion.class,
        footer = {
            "",
            "Exit codes: 0 done, 1 the cache or the database does not answer, or no Freshet runs that could replay, 2 wrong usage or"
                    + " an invalid file, 3 list found letters."
        })
public final class DeadLetterCommand implements Callable<Integer> {
    private static final int FOUND = 3;

    /** What to do with the letters. */
    enum Deed {
        LIST,
        REPLAY,
        DISCARD
    }

    @Parameters(paramLabel = "DEED", description = "One of ${COMPLETION-CANDIDATES}, in any case.")
    private Deed deed = Deed.LIST;

    @Mixin
    private ConfigOption config = new ConfigOption();

    @Option(names = "--rule", paramLabel = "RULE", defaultValue = "", description = "Those of one rule alone.")
    private String rule = "";

    @Option(
            names = "--table",
            paramLabel = "TABLE",
            defaultValue = "",
            description = "Those of one schema.table alone.")
    private String table = "";

    @Option(names = "--json", description = "Prints one JSON object a letter; with list alone.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        if (json && deed != Deed.LIST) {
            throw new ParameterException(spec.commandLine(), "--json belongs to list");
        }
        PrintWriter out = spec.commandLine().getOut();
        SidecarSettings settings = config.load(Catalog.NONE).settings();
        try (ValkeyConnection cache = new ValkeyConnection(Target.of(settings))) {
            ValkeyDeadLetters store =
                    new ValkeyDeadLetters(cache, settings.source().pipeline());
            List<DeadLetter> letters =
                    store.list().stream().filter(this::isMeant).toList();
            switch (deed) {
                case LIST -> letters.forEach(letter -> out.println(json ? object(letter) : line(letter)));
                case DISCARD -> {
                    store.discard(letters);
                    out.println(letters.size() + " forgotten");
                }
                case REPLAY -> replay(Preparation.of(config), cache, store, letters, out);
            }
            out.flush();
            return deed == Deed.LIST && !letters.isEmpty() ? FOUND : 0;
        } catch (TargetAwayException e) {
            throw CommandFailedException.failed("the cache does not answer: " + e.getMessage());
        } catch (DatabaseUnreachableException e) {
            throw CommandFailedException.failed(String.valueOf(e.getMessage()));
        }
    }

    private boolean isMeant(DeadLetter letter) {
        return (rule.isEmpty() || letter.rule().text().equals(rule))
                && (table.isEmpty() || letter.table().toString().equals(table));
    }

    private static void replay(
            Preparation prepared,
            ValkeyConnection cache,
            ValkeyDeadLetters store,
            List<DeadLetter> letters,
            PrintWriter out)
            throws DatabaseUnreachableException, TargetAwayException, InterruptedException {
        String slot = prepared.source().slot();
        PostgresBackfills backfills = new PostgresBackfills(prepared.database(), slot);
        if (!backfills.isFollowed().orElse(false)) {
            throw CommandFailedException.failed(
                    "no Freshet follows slot '" + slot + "', so nobody would read the rows: start freshet run");
        }
        Replay replay = new Replay(
                prepared,
                backfills,
                new BackfillWait(cache, slot, new Follower(backfills, slot), out),
                (letter, reason) -> out.println("stays: " + line(letter) + " (" + reason + ")"));
        List<DeadLetter> good = replay.of(letters);
        store.discard(good);
        out.println(good.size() + " replayed");
    }

    private static String line(DeadLetter letter) {
        return letter.committedAt() + "  " + letter.rule() + "  " + letter.table() + "/" + letter.row() + "  "
                + letter.reason();
    }

    private static ObjectNode object(DeadLetter letter) {
        return new ObjectMapper()
                .createObjectNode()
                .put("rule", letter.rule().text())
                .put("table", letter.table().toString())
                .put("row", letter.row())
                .put("version", letter.version().toString())
                .put("committed_at", letter.committedAt().toString())
                .put("reason", letter.reason());
    }
}
