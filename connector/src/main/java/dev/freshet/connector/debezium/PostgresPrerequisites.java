package dev.freshet.connector.debezium;

import dev.freshet.change.TableId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What a database lacks before Freshet can follow it, each with the statement or setting that mends it. */
public final class PostgresPrerequisites {
    private PostgresPrerequisites() {}

    /** One thing that is missing. */
    public sealed interface Finding {
        /** What is wrong. */
        String what();

        /** What to do, a statement where there is one. */
        String remedy();

        /** What of the remedy is SQL, without its last semicolon. */
        Optional<String> statement();

        /** Something that stays so until a person changes it. */
        record Lack(String what, String remedy, Optional<String> statement) implements Finding {
            Lack(String what, String remedy) {
                this(what, remedy, Optional.empty());
            }

            @Override
            public String toString() {
                return what + ": " + remedy;
            }
        }

        /** Another process holds the slot; it may let it go. */
        record SlotInUse(String what, String remedy) implements Finding {
            @Override
            public Optional<String> statement() {
                return Optional.empty();
            }

            @Override
            public String toString() {
                return what + ": " + remedy;
            }
        }
    }

    /**
     * Asks the database; changes nothing.
     *
     * @return empty where nothing is missing
     * @throws DatabaseUnreachableException with the reason and what to do
     */
    public static List<Finding> missing(PostgresDatabase database, PostgresSettings settings)
            throws DatabaseUnreachableException {
        ServerState server = database.state(settings.slot());
        List<Finding> findings = new ArrayList<>();
        if (!server.walLevel().equals("logical")) {
            findings.add(new Finding.Lack(
                    "wal_level is '" + server.walLevel() + "', which keeps no row changes",
                    "run alter system set wal_level = 'logical'; and restart PostgreSQL",
                    Optional.of("alter system set wal_level = 'logical'")));
        }
        if (!server.mayReplicate()) {
            String user = database.address().user();
            String statement = "alter role " + Publication.quoted(user) + " replication";
            findings.add(new Finding.Lack(
                    "user '" + user + "' has no right to replicate", "run " + statement + ";", Optional.of(statement)));
        }
        server.slot().flatMap(slot -> unfit(settings.slot(), slot, database)).ifPresent(findings::add);
        publication(database, settings).ifPresent(findings::add);
        findings.addAll(unreadable(database, settings));
        return findings;
    }

    /** The slot must be Freshet's own and free. */
    static Optional<Finding> unfit(String name, ServerState.Slot slot, PostgresDatabase database) {
        if (slot.plugin().isEmpty()) {
            return Optional.of(new Finding.Lack(
                    "replication slot '" + name + "' is a physical one, as standby servers use",
                    "choose another name with source.slot"));
        }
        if (!slot.plugin().equals("pgoutput")
                || !slot.database().equals(database.address().database())) {
            return Optional.of(new Finding.Lack(
                    "replication slot '" + name + "' belongs to something else (plugin '" + slot.plugin()
                            + "', database '" + slot.database() + "')",
                    "choose another name with source.slot"));
        }
        return slot.activePid() == 0
                ? Optional.empty()
                : Optional.of(new Finding.SlotInUse(
                        "replication slot '" + name + "' is in use by process " + slot.activePid() + " ("
                                + slot.holder() + ")",
                        "stop that one, or give this one a slot of its own with source.slot"));
    }

    private static List<Finding> unreadable(PostgresDatabase database, PostgresSettings settings)
            throws DatabaseUnreachableException {
        String user = Publication.quoted(database.address().user());
        List<Finding> findings = new ArrayList<>();
        for (TableId table : database.ask("read rights", connection -> Rights.unreadable(connection, settings))) {
            String name = Publication.quoted(table.schema()) + "." + Publication.quoted(table.name());
            String statement = "grant usage on schema " + Publication.quoted(table.schema()) + " to " + user
                    + "; grant select on " + name + " to " + user;
            findings.add(new Finding.Lack(
                    "user " + user + " may not read table " + table + ", whose rows a first start reads",
                    "let its owner run " + statement + ";",
                    Optional.of(statement)));
        }
        return findings;
    }

    private static Optional<Finding> publication(PostgresDatabase database, PostgresSettings settings)
            throws DatabaseUnreachableException {
        Publication publication = new Publication(settings.publication(), settings.tables());
        Optional<Publication.Remedy> remedy = database.ask("read the publication", publication::remedy);
        if (remedy.isEmpty()) {
            return Optional.empty();
        }
        boolean allowed = database.ask("read rights", connection -> Rights.sufficeForPublication(connection, settings));
        String statement = remedy.get().statement();
        return allowed
                ? Optional.empty()
                : Optional.of(new Finding.Lack(
                        "publication '" + settings.publication() + "' must be made or changed, and user '"
                                + database.address().user() + "' may not"
                                + present(remedy.get().present()),
                        "let the tables' owner run " + statement + ";",
                        Optional.of(statement)));
    }

    private static String present(Set<TableId> tables) {
        return tables.isEmpty()
                ? ""
                : " (it has " + tables.stream().map(TableId::toString).collect(Collectors.joining(", ")) + ")";
    }

    /**
     * Why a slot of this name is not to be had.
     *
     * @return empty where there is none, and where nobody holds one of Freshet's kind
     * @throws DatabaseUnreachableException with the reason and what to do
     */
    public static Optional<Finding> slotTaken(PostgresDatabase database, String slot)
            throws DatabaseUnreachableException {
        return database.state(slot).slot().flatMap(found -> unfit(slot, found, database));
    }
}
