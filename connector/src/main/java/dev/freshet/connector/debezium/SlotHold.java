package dev.freshet.connector.debezium;

import dev.freshet.pipeline.SourceLostException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
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

    /** Of Freshet's kind only: a name may have been given that is somebody else's. */
    private static final String SLOT = """
             from pg_replication_slots
            where slot_name = ? and plugin = 'pgoutput' and database = current_database()
            """;

    private static final String STREAMING =
            "select active_pid" + SLOT + " and pg_wal_lsn_diff(pg_current_wal_lsn(), restart_lsn) > ?";
    private static final String END = "select pg_terminate_backend(?, 2000)";
    private static final String DROP = "select pg_drop_replication_slot(slot_name)" + SLOT + " and active_pid is null";

    private static final long EVERY_NANOS = Duration.ofSeconds(1).toNanos();

    private final Connection connection;
    private final String slot;
    private volatile boolean open = true;
    private volatile boolean unproven;
    private boolean dropped;
    private volatile @Nullable Revoked revoked;
    private volatile @Nullable Publication publication;
    private String marks = "";
    private long lookedAtNanos = System.nanoTime();

    /**
     * Why the source is to end.
     *
     * @param forGood another one would end the same way
     */
    record Revoked(String reason, boolean forGood) {
        /** @throws GapException where it is for good */
        SourceLostException lost() {
            if (forGood) {
                throw GapException.again(reason);
            }
            return new SourceLostException(reason);
        }
    }

    private SlotHold(Connection connection, String slot) {
        this.connection = connection;
        this.slot = slot;
    }

    static SlotHold take(PostgresConnections connections, String slot)
            throws SourceLostException, DatabaseUnreachableException {
        Connection connection = connections.open();
        try {
            if (!isTaken(connection, slot)) {
                connection.close();
                throw new SourceLostException("another process of Freshet has replication slot '" + slot + "'");
            }
            return new SlotHold(connection, slot);
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

    /** From now on the slot is a new one, and nobody knows yet whether its tables can be read while it keeps so little. */
    void beginsAnew() {
        unproven = true;
    }

    /** The slot was told of something behind its snapshot. Any thread. */
    void proven() {
        unproven = false;
    }

    /** The source that has this hold is to end; from any thread. Nothing that its engine reads from now on counts. */
    void revoke(Revoked why) {
        revoked = why;
    }

    /** Why its source is to end; empty where it is not. Any thread. */
    Optional<Revoked> revoked() {
        return Optional.ofNullable(revoked);
    }

    boolean isOpen() {
        return open;
    }

    /**
     * Drops the slot where it keeps more than this, over the connection that has the lock: where that is lost another process
     * may have the slot, and nothing is dropped. The source is told first, since the engine makes a slot anew that is not there
     * when it begins to stream. Any thread.
     *
     * @return whether it is gone; not where this hold was closed meanwhile, or somebody reads from the slot whom this source did
     *     not begin, or the server does not let go of it yet
     * @throws SQLException where the server does not answer, which may be because the lock is lost
     */
    synchronized boolean dropAbove(long bytes) throws SQLException {
        if (!open) {
            return false;
        }
        OptionalInt streaming = streamingAbove(bytes);
        if (streaming.isEmpty() || (streaming.getAsInt() != 0 && publication == null)) {
            return false;
        }
        revoke(outgrown(bytes));
        // Where the server does not let go of it now it goes when this hold is closed, after its engine.
        dropped = true;
        if (streaming.getAsInt() != 0) {
            try (PreparedStatement end = connection.prepareStatement(END)) {
                end.setInt(1, streaming.getAsInt());
                end.execute();
            }
        }
        return drop();
    }

    /** What becomes of a source whose slot kept more than this. */
    Revoked outgrown(long bytes) {
        return unproven
                ? new Revoked(
                        "the database wrote more log than source.max_lag (" + bytes
                                + " bytes) before the tables were read and the cache had caught up, and replication slot '"
                                + slot + "' was dropped",
                        true)
                : new Revoked("replication slot '" + slot + "' kept too much log and is dropped", false);
    }

    /** Who reads from it, 0 for nobody; empty where there is no such slot, or it keeps no more than that. */
    private OptionalInt streamingAbove(long bytes) throws SQLException {
        try (PreparedStatement streaming = connection.prepareStatement(STREAMING)) {
            streaming.setString(1, slot);
            streaming.setLong(2, bytes);
            try (ResultSet row = streaming.executeQuery()) {
                return row.next() ? OptionalInt.of(row.getInt(1)) : OptionalInt.empty();
            }
        }
    }

    private boolean drop() throws SQLException {
        try (PreparedStatement drop = connection.prepareStatement(DROP)) {
            drop.setString(1, slot);
            try (ResultSet row = drop.executeQuery()) {
                return row.next();
            }
        }
    }

    /**
     * Looks once a second whether the connection, and the lock with it, is still there, and the publication as it was. Used
     * by one thread.
     *
     * @throws IllegalStateException where it is not: another process may have the slot, or changes may be left out
     */
    void assertHeld() {
        Revoked why = revoked;
        if (why != null) {
            throw new IllegalStateException(why.reason());
        }
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

    /**
     * The lock is given back before the connection is, which may take the server a while to notice. A slot that was dropped
     * and that the engine made anew at its end goes too: nobody would read from it.
     */
    @Override
    public synchronized void close() {
        if (!open) {
            return;
        }
        open = false;
        try (Statement unlock = connection.createStatement()) {
            if (dropped) {
                drop();
            }
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
