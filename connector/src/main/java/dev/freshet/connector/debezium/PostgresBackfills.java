package dev.freshet.connector.debezium;

import dev.freshet.change.SourcePosition;
import dev.freshet.change.TableId;
import dev.freshet.connector.backfill.Notice;
import dev.freshet.connector.backfill.Progress;
import dev.freshet.connector.backfill.Seal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/** Asks the process that follows a slot to read a table again: by a message in the database's log. */
public final class PostgresBackfills {
    private final PostgresDatabase database;
    private final String slot;

    public PostgresBackfills(PostgresDatabase database, String slot) {
        this.database = database;
        this.slot = slot;
    }

    /** How far those are that were asked for, by a position of this kind of source. */
    public static Progress progress(SourcePosition position) {
        return DebeziumOffset.backfills(position);
    }

    /** Why rows cannot be chosen so; empty where they can. The query is planned and not run. */
    public Optional<String> refusal(TableId table, String where) throws DatabaseUnreachableException {
        return database.ask(
                "plan the query", connection -> refusal(connection, table, where.isBlank() ? "true" : where));
    }

    private static Optional<String> refusal(Connection connection, TableId table, String where) throws SQLException {
        connection.setReadOnly(true);
        connection.setAutoCommit(false);
        try (Statement plan = connection.createStatement()) {
            plan.execute("explain select * from " + Publication.quoted(table.schema()) + "."
                    + Publication.quoted(table.name()) + " where (" + where + "\n) and true");
            return Optional.empty();
        } catch (SQLException e) {
            return Optional.of(String.valueOf(e.getMessage())
                    .lines()
                    .findFirst()
                    .orElse("")
                    .replaceFirst("^ERROR: ", ""));
        } finally {
            connection.rollback();
        }
    }

    /** Whether such a row is there; {@code where} is SQL. */
    public boolean isThere(TableId table, String where) throws DatabaseUnreachableException {
        return database.ask("look for a row of " + table, connection -> {
            try (PreparedStatement query = connection.prepareStatement("select exists (select 1 from "
                            + Publication.quoted(table.schema()) + "." + Publication.quoted(table.name()) + " where "
                            + where + ")");
                    ResultSet row = query.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        });
    }

    /** Whether a process follows the slot now, or reads a snapshot for it; empty where there is no such slot. */
    public Optional<Boolean> isFollowed() throws DatabaseUnreachableException {
        boolean held = database.isHeld(slot);
        return database.state(slot).slot().map(found -> held || found.activePid() != 0);
    }

    /**
     * Asks for rows to be read again.
     *
     * @param id tells this request from others
     * @param where which of the table's rows, as SQL; empty for all
     */
    public void ask(String id, TableId table, String where) throws DatabaseUnreachableException {
        Seal seal = new Seal(database.address().password());
        tell(new Notice.Begin(id, table, seal.on(table, where.strip())));
    }

    /** Asks for what was asked for of a table not to be read. */
    public void cancel(TableId table) throws DatabaseUnreachableException {
        tell(new Notice.Cancel(table));
    }

    /** Asks for what was asked for of a table to wait. */
    public void pause(TableId table) throws DatabaseUnreachableException {
        tell(new Notice.Pause(table));
    }

    /** Asks for what was paused of a table to go on. */
    public void resume(TableId table) throws DatabaseUnreachableException {
        tell(new Notice.Resume(table));
    }

    private void tell(Notice notice) throws DatabaseUnreachableException {
        database.ask("write a message into the log", connection -> {
            try (PreparedStatement emit = connection.prepareStatement("select pg_logical_emit_message(true, ?, ?)")) {
                emit.setString(1, Notice.prefix(slot));
                emit.setString(2, notice.text());
                return emit.execute();
            }
        });
    }
}
