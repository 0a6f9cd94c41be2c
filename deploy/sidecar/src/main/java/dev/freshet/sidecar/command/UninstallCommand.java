package dev.freshet.sidecar.command;

import dev.freshet.assembly.Target;
import dev.freshet.change.TableId;
import dev.freshet.connector.debezium.DatabaseUnreachableException;
import dev.freshet.connector.debezium.PostgresDatabase;
import dev.freshet.connector.debezium.PostgresRemnants;
import dev.freshet.connector.debezium.Remnant;
import dev.freshet.rules.RuleSet;
import dev.freshet.rules.catalog.Catalog;
import dev.freshet.rules.yaml.Loading;
import dev.freshet.settings.DatabaseSettings;
import dev.freshet.settings.SidecarSettings;
import dev.freshet.settings.Whereabouts;
import dev.freshet.sidecar.upgrade.Upgrade;
import dev.freshet.write.TargetAwayException;
import dev.freshet.write.valkey.ValkeyConnection;
import dev.freshet.write.valkey.ValkeyOwnKeys;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code freshet uninstall}: takes away what Freshet made in a database and in a cache. */
@Command(
        name = "uninstall",
        description = {
            "Takes away what Freshet made: the replication slot, the publication, and what it keeps for itself in the cache.",
            "A slot that nobody reads keeps the database's log until its disk is full. Entries stay, and tables and roles. It",
            "says first what it will do, and does nothing while a Freshet runs. To be called again where it did not end."
        },
        mixinStandardHelpOptions = true,
        versionProvider = ProductVersion.class,
        footer = {
            "",
            "Exit codes: 0 nothing is left; 1 a Freshet runs, the database or the cache does not answer, or the answer was no; 2 the file is wrong, or"
                    + " nobody is there to say yes; 3 done, and something stays that an administrator can drop."
        })
public final class UninstallCommand implements Callable<Integer> {
    private static final int SOMETHING_STAYS = 3;

    @Mixin
    private ConfigOption config = new ConfigOption();

    @Option(names = "--yes", description = "Does it without asking.")
    private boolean yes;

    @Option(names = "--keep-publication", description = "Leaves the publication, which does no harm.")
    private boolean keepPublication;

    @Option(names = "--keep-cache", description = "Leaves the cache as it is, and does not ask it.")
    private boolean keepCache;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        Loading.Loaded<SidecarSettings> loaded = config.load(Catalog.NONE);
        PostgresDatabase database = Preparation.database(Preparation.source(loaded.settings()));
        try (PostgresRemnants remnants = new PostgresRemnants(database);
                ValkeyConnection cache = new ValkeyConnection(Target.of(loaded.settings()))) {
            ValkeyOwnKeys own =
                    new ValkeyOwnKeys(cache, loaded.settings().source().pipeline());
            Findings findings = findings(remnants, own, loaded);
            if (findings.isNothing()) {
                out.println(
                        "nothing is left of slot '" + loaded.settings().source().pipeline() + "'");
            } else {
                tell(findings, loaded, database, out);
                out.flush();
                confirm();
                remove(findings, remnants, own);
                out.println("done");
            }
            out.flush();
            return findings.staying().isEmpty() ? 0 : SOMETHING_STAYS;
        } catch (DatabaseUnreachableException e) {
            throw CommandFailedException.failed(String.valueOf(e.getMessage()));
        } catch (TargetAwayException e) {
            throw CommandFailedException.failed(
                    "the cache does not answer: " + e.getMessage(), "--keep-cache does the rest without it");
        }
    }

    /**
     * What is there.
     *
     * @param keys of the cache, by name
     * @param staying what is not taken away though it could be Freshet's, with the reason, a line each
     */
    private record Findings(
            List<Remnant.Slot> slots, List<Remnant.Publication> publications, List<String> keys, List<String> staying) {
        boolean isNothing() {
            return slots.isEmpty() && publications.isEmpty() && keys.isEmpty() && staying.isEmpty();
        }
    }

    private Findings findings(PostgresRemnants remnants, ValkeyOwnKeys own, Loading.Loaded<SidecarSettings> loaded)
            throws DatabaseUnreachableException, TargetAwayException {
        DatabaseSettings source = Preparation.source(loaded.settings());
        List<Remnant.Slot> slots = new ArrayList<>();
        List<String> staying = new ArrayList<>();
        for (Remnant found : remnants.slots(withTrials(source.slot()))) {
            switch (found) {
                case Remnant.Slot slot -> slots.add(slot);
                case Remnant.HeldSlot held ->
                    throw CommandFailedException.failed(held.reason() + ": stop it first; nothing was taken away");
                case Remnant.OtherSlot other -> staying.add(other.reason());
                case Remnant.Publication publication ->
                    throw new IllegalStateException("no slot: " + publication.name());
            }
        }
        List<Remnant.Publication> publications = new ArrayList<>();
        if (!keepPublication) {
            for (Remnant.Publication found : remnants.publications(withTrials(source.publication()))) {
                Optional<String> obstacle = obstacle(found, loaded.rules());
                obstacle.ifPresentOrElse(
                        reason -> staying.add(
                                "publication '" + found.name() + "', " + reason + ": " + found.statement() + ";"),
                        () -> publications.add(found));
            }
        }
        return new Findings(slots, publications, keepCache ? List.of() : own.present(), staying);
    }

    /** A dry run, or a live sample, that was killed leaves its own. */
    private static List<String> withTrials(String name) {
        return List.of(name, name + DryRun.SUFFIX, name + LiveSample.SUFFIX);
    }

    /** Somebody else may read what has more than the rules want. */
    private static Optional<String> obstacle(Remnant.Publication publication, RuleSet rules) {
        List<TableId> others = publication.tables().stream()
                .filter(table -> rules.on(table).isEmpty())
                .sorted()
                .toList();
        if (publication.allTables()) {
            return Optional.of("which is of all tables, so that somebody else may read it");
        }
        if (!others.isEmpty()) {
            return Optional.of("which has tables that no rule follows ("
                    + others.stream().map(TableId::toString).collect(Collectors.joining(", "))
                    + "), so that somebody else may read it");
        }
        return publication.droppable() ? Optional.empty() : Optional.of("which its owner alone may drop");
    }

    private static void tell(
            Findings findings, Loading.Loaded<SidecarSettings> loaded, PostgresDatabase database, PrintWriter out) {
        out.println("this goes");
        findings.slots()
                .forEach(slot -> out.println("  replication slot '" + slot.name() + "' of " + database.address()
                        + ", for which " + Bytes.text(slot.retainedBytes()) + " of log are kept"));
        findings.publications()
                .forEach(publication -> out.println("  publication '" + publication.name() + "' of "
                        + database.address() + " ("
                        + publication.tables().stream()
                                .map(TableId::toString)
                                .sorted()
                                .collect(Collectors.joining(", "))
                        + ")"));
        findings.keys().forEach(key -> out.println("  key " + key + " of the cache"));
        if (findings.slots().isEmpty()
                && findings.publications().isEmpty()
                && findings.keys().isEmpty()) {
            out.println("  nothing");
        }
        out.println("this stays");
        findings.staying().forEach(line -> out.println("  " + line));
        Whereabouts place = Whereabouts.of(loaded.settings());
        Upgrade.of(loaded.rules(), Catalog.NONE, loaded.rules(), Catalog.NONE)
                .before()
                .forEach(shape -> {
                    out.println("  entries " + shape.reached().glob() + ", which go stale");
                    new Removal(place, shape.reached()).lines().forEach(line -> out.println("    " + line));
                });
        out.println(
                "  fences beside entries, which expire within "
                        + loaded.settings().fence().window().toSeconds()
                        + "s, those of a first start or a resync that did not come to its end within a week; those beside streams do not");
        if (loaded.rules().rules().stream()
                .anyMatch(
                        rule -> rule.puts().stream().anyMatch(put -> !put.tags().isEmpty()))) {
            out.println("  what is kept of tags, in keys "
                    + loaded.settings().cache().prefix()
                    + "freshet:tag:*, which other Freshets under this prefix use as well");
        }
        out.println("  tables and their replica identity, roles and their rights");
    }

    private void confirm() {
        if (yes) {
            return;
        }
        Optional<String> answer = Terminal.ask("Take it away? (yes/no) ");
        if (answer.isEmpty()) {
            throw CommandFailedException.invalid(
                    List.of("nobody is there to say yes, and nothing was taken away: --yes does it"));
        }
        if (!answer.get().strip().equals("yes")) {
            throw CommandFailedException.failed("nothing was taken away");
        }
    }

    /** The slot first, since it fills a disk. A start after any of these steps begins anew. */
    private void remove(Findings findings, PostgresRemnants remnants, ValkeyOwnKeys own)
            throws DatabaseUnreachableException, TargetAwayException {
        for (Remnant.Slot slot : findings.slots()) {
            remnants.drop(slot);
        }
        for (Remnant.Publication publication : findings.publications()) {
            remnants.drop(publication);
        }
        if (!findings.keys().isEmpty()) {
            own.remove();
        }
    }
}
