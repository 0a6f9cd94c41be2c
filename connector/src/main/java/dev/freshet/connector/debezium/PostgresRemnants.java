package dev.freshet.connector.debezium;

import dev.freshet.change.TableId;
import dev.freshet.pipeline.SourceLostException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What a Freshet leaves in a database when it is not started again: slots, which keep the log until a disk is full, and publications. */
public final class PostgresRemnants implements AutoCloseable {
    private static final String PUBLICATION = """
            select puballtables, pg_has_role(pubowner, 'usage') as droppable from pg_publication where pubname = ?
            """;

    private static final String TABLES = """
            select n.nspname, c.relname from pg_publication_rel r join pg_publication p on p.oid = r.prpubid
            join pg_class c on c.oid = r.prrelid join pg_namespace n on n.oid = c.relnamespace where p.pubname = ?
            """;

    private final PostgresDatabase database;
    private final List<SlotHold> holds = new ArrayList<>();

    public PostgresRemnants(PostgresDatabase database) {
        this.database = database;
    }

    /** The slots of these names that are there. Those of Freshet's kind, and names without a slot, are kept from every Freshet until this is closed. */
    public List<Remnant> slots(List<String> names) throws DatabaseUnreachableException {
        List<Remnant> found = new ArrayList<>();
        for (String name : names) {
            Optional<ServerState.Slot> slot = database.state(name).slot();
            if (slot.isPresent()) {
                found.add(remnant(name, slot.get()));
            } else {
                taken(name).ifPresent(found::add);
            }
        }
        return found;
    }

    private Remnant remnant(String name, ServerState.Slot slot) throws DatabaseUnreachableException {
        Optional<PostgresPrerequisites.Finding> unfit = PostgresPrerequisites.unfit(name, slot, database);
        if (unfit.isPresent()) {
            return switch (unfit.get()) {
                case PostgresPrerequisites.Finding.Lack lack -> new Remnant.OtherSlot(name, lack.what());
                case PostgresPrerequisites.Finding.SlotInUse inUse -> new Remnant.HeldSlot(name, inUse.what());
            };
        }
        return taken(name).orElseGet(() -> new Remnant.Slot(name, slot.retained()));
    }

    /** Takes the lock on a slot; where another process has it, that one. */
    private Optional<Remnant> taken(String name) throws DatabaseUnreachableException {
        try {
            holds.add(database.hold(name));
            return Optional.empty();
        } catch (SourceLostException e) {
            return Optional.of(new Remnant.HeldSlot(name, String.valueOf(e.getMessage())));
        }
    }

    /** The publications of these names that are there. */
    public List<Remnant.Publication> publications(List<String> names) throws DatabaseUnreachableException {
        List<Remnant.Publication> found = new ArrayList<>();
        for (String name : names) {
            database.ask("read the publication", connection -> publication(connection, name))
                    .ifPresent(found::add);
        }
        return found;
    }

    private static Optional<Remnant.Publication> publication(Connection connection, String name) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(PUBLICATION)) {
            query.setString(1, name);
            try (ResultSet row = query.executeQuery()) {
                return row.next()
                        ? Optional.of(new Remnant.Publication(
                                name,
                                tables(connection, name),
                                row.getBoolean("puballtables"),
                                row.getBoolean("droppable"),
                                "drop publication if exists " + Publication.quoted(name)))
                        : Optional.empty();
            }
        }
    }

    private static Set<TableId> tables(Connection connection, String publication) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(TABLES)) {
            query.setString(1, publication);
            Set<TableId> tables = new TreeSet<>();
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    tables.add(new TableId(row.getString(1), row.getString(2)));
                }
            }
            return tables;
        }
    }

    /** Drops a slot that was found here; one that is gone already does not matter. */
    public void drop(Remnant.Slot slot) throws DatabaseUnreachableException {
        database.dropSlot(slot.name());
    }

    /** Drops a publication; one that is gone already does not matter. */
    public void drop(Remnant.Publication publication) throws DatabaseUnreachableException {
        database.ask("drop the publication", connection -> {
            try (Statement statement = connection.createStatement()) {
                return statement.execute(publication.statement());
            }
        });
    }

    @Override
    public void close() {
        holds.forEach(SlotHold::close);
        holds.clear();
    }
}
