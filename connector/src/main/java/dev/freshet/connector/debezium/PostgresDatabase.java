package dev.freshet.connector.debezium;

import dev.freshet.pipeline.SourceLostException;
import dev.freshet.rules.Catalog;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** What Freshet asks a PostgreSQL database, and what it makes there. Each call is one connection of its own. */
public final class PostgresDatabase {
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

    /**
     * How far the log is ahead of a slot.
     *
     * @return bytes, 0 where there is no such slot
     */
    public long lagBytes(String slot) throws DatabaseUnreachableException {
        return ask("read the slot's lag", connection -> {
            try (PreparedStatement query = connection.prepareStatement(
                    "select pg_wal_lsn_diff(pg_current_wal_lsn(), confirmed_flush_lsn)::bigint"
                            + " from pg_replication_slots where slot_name = ?")) {
                query.setString(1, slot);
                try (ResultSet row = query.executeQuery()) {
                    return row.next() ? row.getLong(1) : 0L;
                }
            }
        });
    }

    ServerState state(String slot) throws DatabaseUnreachableException {
        return ask("read the server's state", connection -> ServerState.read(connection, slot));
    }

    void ensure(Publication publication) throws DatabaseUnreachableException {
        ask("make the publication", connection -> {
            publication.ensure(connection);
            return true;
        });
    }

    void dropSlot(String slot) throws DatabaseUnreachableException {
        ask("drop the replication slot", connection -> {
            try (PreparedStatement drop = connection.prepareStatement("select pg_drop_replication_slot(?)")) {
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

    <T> T ask(String what, Question<T> question) throws DatabaseUnreachableException {
        try (Connection connection = connections.open()) {
            return question.ask(connection);
        } catch (SQLException e) {
            throw new DatabaseUnreachableException(
                    "could not " + what + " in " + address + ": " + e.getMessage(), false, e);
        }
    }

    interface Question<T> {
        T ask(Connection connection) throws SQLException;
    }
}
