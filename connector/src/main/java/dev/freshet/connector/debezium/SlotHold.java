package dev.freshet.connector.debezium;

import dev.freshet.pipeline.SourceLostException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps other processes of Freshet from one slot, from the check before start until the source is closed. The slot itself
 * does that only while it streams: not while a snapshot is read, and not while it is dropped and made anew.
 *
 * <p>A session's advisory lock: it goes with its connection, however the process ends. The server looks for the other end
 * every few seconds, so that a machine that fell silent does not keep the lock for hours.
 */
final class SlotHold implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SlotHold.class);
    private static final String KEEPALIVE =
            "set tcp_keepalives_idle = 10; set tcp_keepalives_interval = 5; set tcp_keepalives_count = 3;"
                    + " set idle_session_timeout = 0";

    /** The first number says whose locks these are: the letters "frsh". */
    private static final String LOCK = "select pg_try_advisory_lock(x'66727368'::int, hashtext(?))";

    private static final String HELD = """
            select exists (
                select from pg_locks
                where locktype = 'advisory' and classid = x'66727368'::int::oid and objsubid = 2 and granted
                  and objid::bigint = (hashtext(?)::bigint & 4294967295)
                  and database = (select oid from pg_database where datname = current_database()))
            """;

    private static final String UNLOCK = "select pg_advisory_unlock_all()";
    private static final long EVERY_NANOS = Duration.ofSeconds(1).toNanos();

    private final Connection connection;
    private @Nullable Publication publication;
    private String marks = "";
    private long lookedAtNanos = System.nanoTime();

    private SlotHold(Connection connection) {
        this.connection = connection;
    }

    static SlotHold take(PostgresConnections connections, String slot)
            throws SourceLostException, DatabaseUnreachableException {
        Connection connection = connections.open();
        try {
            if (!isTaken(connection, slot)) {
                connection.close();
                throw new SourceLostException("another process of Freshet has replication slot '" + slot + "'");
            }
            return new SlotHold(connection);
        } catch (SQLException e) {
            close(connection);
            throw new SourceLostException("could not lock replication slot '" + slot + "': " + e.getMessage(), e);
        }
    }

    private static boolean isTaken(Connection connection, String slot) throws SQLException {
        try (Statement keepalive = connection.createStatement();
                PreparedStatement lock = connection.prepareStatement(LOCK)) {
            keepalive.execute(KEEPALIVE);
            lock.setString(1, slot);
            try (ResultSet row = lock.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }

    /** Whether some process has the lock now; also one that reads a snapshot, whose slot nobody streams yet. */
    static boolean isHeld(Connection connection, String slot) throws SQLException {
        try (PreparedStatement held = connection.prepareStatement(HELD)) {
            held.setString(1, slot);
            try (ResultSet row = held.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }

    /** From now on the publication must stay as it is; to be called before the engine's thread begins. */
    void watch(Publication watched, String marksNow) {
        publication = watched;
        marks = marksNow;
    }

    /**
     * Looks once a second whether the connection, and the lock with it, is still there, and the publication as it was. Used
     * by one thread.
     *
     * @throws IllegalStateException where it is not: another process may have the slot, or changes may be left out
     */
    void assertHeld() {
        long now = System.nanoTime();
        Publication watched = publication;
        if (watched == null || now - lookedAtNanos < EVERY_NANOS) {
            return;
        }
        lookedAtNanos = now;
        try {
            if (!watched.marks(connection).equals(marks)) {
                throw new IllegalStateException("the publication was altered");
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the connection that holds the replication slot was lost", e);
        }
    }

    /** The lock is given back before the connection is, which may take the server a while to notice. */
    @Override
    public void close() {
        try (Statement unlock = connection.createStatement()) {
            unlock.execute(UNLOCK);
        } catch (SQLException e) {
            LOG.atDebug().setCause(e).log("the lock went with its connection");
        }
        close(connection);
    }

    private static void close(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            LOG.atDebug().setCause(e).log("a dead connection");
        }
    }
}
