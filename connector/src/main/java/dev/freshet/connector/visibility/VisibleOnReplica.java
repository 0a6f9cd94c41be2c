package dev.freshet.connector.visibility;

import com.zaxxer.hikari.HikariDataSource;
import dev.freshet.change.Transactions;
import dev.freshet.pipeline.DatabaseAwayException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import org.postgresql.replication.LogSequenceNumber;

/**
 * A replica shows what it has replayed. What it must have replayed is as much as the primary has in its log when it is asked:
 * the changes that ask, since the log told of them, and whatever any replica has shown before, so that no answer is older than
 * one before it.
 *
 * <p>A replica's snapshot does not list the transactions that run, so it proves nothing here.
 */
public final class VisibleOnReplica implements Visibility {
    private final HikariDataSource primary;
    private Optional<Wanted> wanted = Optional.empty();

    /** What a replica is waited for; kept until it has come so far, since one that is always behind reaches no later one. */
    private record Wanted(Transactions visible, LogSequenceNumber upTo) {}

    /** The pool is closed with this. */
    public VisibleOnReplica(HikariDataSource primary) {
        this.primary = primary;
    }

    private record Replayed(boolean isReplica, LogSequenceNumber upTo) {}

    @Override
    public void await(Connection connection, Transactions visible)
            throws SQLException, DatabaseAwayException, InterruptedException {
        if (wanted.isEmpty() || !wanted.get().visible().equals(visible)) {
            wanted = Optional.of(new Wanted(visible, written()));
        }
        LogSequenceNumber written = wanted.get().upTo();
        boolean shown = Look.until(() -> {
            Replayed replayed = replayed(connection);
            connection.rollback();
            return !replayed.isReplica() || Long.compareUnsigned(replayed.upTo().asLong(), written.asLong()) >= 0;
        });
        if (!shown) {
            throw new DatabaseAwayException(
                    "the replica has not replayed the log up to " + written.asString() + " yet");
        }
        if (!replayed(connection).isReplica()) {
            throw new DatabaseAwayException("source.replica is no replica: it is not in recovery");
        }
        wanted = Optional.empty();
        connection.rollback();
    }

    private LogSequenceNumber written() throws SQLException {
        try (Connection connection = primary.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select pg_current_wal_flush_lsn()::text")) {
            row.next();
            return LogSequenceNumber.valueOf(row.getString(1));
        }
    }

    private static Replayed replayed(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "select pg_is_in_recovery(), coalesce(pg_last_wal_replay_lsn(), '0/0')::text")) {
            row.next();
            return new Replayed(row.getBoolean(1), LogSequenceNumber.valueOf(row.getString(2)));
        }
    }

    @Override
    public void close() {
        primary.close();
    }
}
