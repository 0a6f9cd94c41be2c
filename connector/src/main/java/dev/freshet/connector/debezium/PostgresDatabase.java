package dev.freshet.connector.debezium;

import dev.freshet.change.TableId;
import dev.freshet.connector.envelope.QueriedRow;
import dev.freshet.connector.visibility.PostgresSight;
import dev.freshet.pipeline.SourceLostException;
import dev.freshet.rules.catalog.Catalog;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What Freshet asks a PostgreSQL database, and what it makes there. Each call is one connection of its own. */
public final class PostgresDatabase {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresDatabase.class);

    private static final Duration TO_ANSWER = Duration.ofSeconds(10);

    private final PostgresAddress address;
    private final PostgresConnections connections;

    public PostgresDatabase(PostgresAddress address) {
        this.address = address;
        this.connections = new PostgresConnections(address);
    }

    public PostgresAddress address() {
        return address;
    }

    /**
     * Every table of the database.
     *
     * @throws DatabaseUnreachableException with the reason and what to do
     */
    public Catalog catalog() throws DatabaseUnreachableException {
        return ask("read the catalogue", PostgresCatalog::read);
    }

    /** What its readers see. Nothing is connected until that is asked; the caller's to close. */
    public PostgresSight sight() {
        return new PostgresSight(connections.answeringWithin(TO_ANSWER)::openForJdbc);
    }

    /** One table as it is now; empty where it is gone. */
    Optional<Catalog.Table> table(TableId table) throws DatabaseUnreachableException {
        return ask("read table " + table, connection -> PostgresCatalog.read(connection, table));
    }

    /**
     * How many rows each table has, as the server's statistics guess.
     *
     * @throws DatabaseUnreachableException with the reason and what to do
     */
    public Map<TableId, Long> estimatedRows() throws DatabaseUnreachableException {
        return ask("read the tables' sizes", connection -> {
            Map<TableId, Long> rows = new HashMap<>();
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery(
                            "select n.nspname, c.relname, greatest(c.reltuples, 0)::bigint from pg_class c"
                                    + " join pg_namespace n on n.oid = c.relnamespace where c.relkind in ('r', 'p')")) {
                while (row.next()) {
                    rows.put(new TableId(row.getString(1), row.getString(2)), row.getLong(3));
                }
            }
            return rows;
        });
    }

    /** How many bytes a row has on average, in that of these tables where it has most; as stored, and as far as is known. */
    long rowBytes(Set<TableId> tables) throws DatabaseUnreachableException {
        return ask("look at the tables' sizes", connection -> PostgresCatalog.rowBytes(connection, tables));
    }

    /**
     * The tables that have partitions, by their roots.
     *
     * @throws DatabaseUnreachableException with the reason and what to do
     */
    public Set<TableId> partitionedTables() throws DatabaseUnreachableException {
        return ask("read the catalogue", PostgresCatalog::partitioned);
    }

    /**
     * One row by its first unique key.
     *
     * @param key the key's values as texts
     * @return empty where there is no such row
     */
    public Optional<QueriedRow> row(Catalog.Table table, List<String> key) throws DatabaseUnreachableException {
        return ask("read a row of " + table.id(), connection -> RowQuery.byKey(connection, table, key));
    }

    /** Texts as the types of these columns read them. */
    public QueriedRow typed(Catalog.Table table, Map<String, @Nullable Object> texts)
            throws DatabaseUnreachableException {
        return ask("read a value of " + table.id(), connection -> RowQuery.typed(connection, table, texts));
    }

    /** Drops a slot and a publication that were made for a while; what cannot be dropped is logged. */
    public void remove(PostgresSettings settings) {
        try {
            dropSlot(settings.slot());
        } catch (DatabaseUnreachableException e) {
            LOG.atError()
                    .addKeyValue("slot", settings.slot())
                    .addKeyValue("reason", e.getMessage())
                    .log("the slot stays and keeps the database's log: drop it by hand");
        }
        try {
            ask("drop the publication", connection -> {
                try (Statement publication = connection.createStatement()) {
                    return publication.execute(
                            "drop publication if exists " + Publication.quoted(settings.publication()));
                }
            });
        } catch (DatabaseUnreachableException e) {
            LOG.atWarn()
                    .addKeyValue("publication", settings.publication())
                    .addKeyValue("reason", e.getMessage())
                    .log("the publication stays, which does no harm: its owner may drop it");
        }
    }

    /** Keeps every other process from the slot until it is closed. */
    SlotHold hold(String slot) throws SourceLostException, DatabaseUnreachableException {
        return SlotHold.take(connections, slot);
    }

    /** The same; it is lost where the server does not answer for so long. */
    SlotHold hold(String slot, Duration patience) throws SourceLostException, DatabaseUnreachableException {
        return SlotHold.take(connections.answeringWithin(patience), slot);
    }

    /** Whether the server keeps log for slots without a bound, until its disk is full. */
    public boolean keepsLogWithoutBound() throws DatabaseUnreachableException {
        return ask("read a setting", connection -> {
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("select current_setting('max_slot_wal_keep_size')")) {
                return row.next() && row.getString(1).equals("-1");
            }
        });
    }

    /** Whether a Freshet has the slot, or is about to. */
    boolean isHeld(String slot) throws DatabaseUnreachableException {
        return ask("look at locks", connection -> SlotHold.isHeld(connection, slot));
    }

    ServerState state(String slot) throws DatabaseUnreachableException {
        return ask("read the server's state", connection -> ServerState.read(connection, slot));
    }

    /** The tables of which it sends every change. */
    Set<TableId> sent(Publication publication) throws DatabaseUnreachableException {
        return ask("look at the publication", publication::sent);
    }

    String mark(Publication publication) throws DatabaseUnreachableException {
        return ask("look at the publication", publication::mark);
    }

    String marks(Publication publication) throws DatabaseUnreachableException {
        return ask("look at the publication", publication::marks);
    }

    /** Columns that the server computes, which the log does not bring; by table. */
    Map<TableId, List<String>> generatedColumns() throws DatabaseUnreachableException {
        return ask("read the catalogue", PostgresCatalog::generatedColumns);
    }

    void ensure(Publication publication) throws DatabaseUnreachableException {
        ask("make the publication", connection -> {
            publication.ensure(connection);
            return true;
        });
    }

    void dropSlot(String slot) throws DatabaseUnreachableException {
        ask("drop the replication slot", connection -> {
            try (PreparedStatement drop = connection.prepareStatement(
                    "select pg_drop_replication_slot(slot_name)" + " from pg_replication_slots where slot_name = ?")) {
                drop.setString(1, slot);
                return drop.execute();
            }
        });
    }

    /** A number that grows with every call on one server: its next transaction id. */
    long nextLeaderEpoch() throws SourceLostException {
        try {
            return ask("take an epoch", connection -> {
                try (Statement statement = connection.createStatement();
                        ResultSet row = statement.executeQuery("select pg_current_xact_id()::text::bigint")) {
                    row.next();
                    return row.getLong(1);
                }
            });
        } catch (DatabaseUnreachableException e) {
            throw new SourceLostException(String.valueOf(e.getMessage()), e);
        }
    }

    /** A connection of the caller's own. */
    Connection open() throws SQLException {
        return connections.openForJdbc();
    }

    <T> T ask(String what, Question<T> question) throws DatabaseUnreachableException {
        try (Connection connection = connections.open()) {
            return question.ask(connection);
        } catch (SQLException e) {
            throw new DatabaseUnreachableException("could not " + what + " in " + address + ": " + e.getMessage(), e);
        }
    }

    interface Question<T> {
        T ask(Connection connection) throws SQLException;
    }
}
