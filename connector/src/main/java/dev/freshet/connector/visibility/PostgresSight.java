package dev.freshet.connector.visibility;

import dev.freshet.change.Transactions;
import dev.freshet.connector.session.KeptConnection;
import dev.freshet.pipeline.NotVisibleException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether readers of a database see changes by now. Only where commits wait for a synchronous standby can a change be delivered before,
 * so nothing is asked where the server has none; whether it has is asked once a second. Used by one thread.
 */
public final class PostgresSight implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresSight.class);
    private static final long EVERY_NANOS = Duration.ofSeconds(1).toNanos();

    private final KeptConnection connection;
    private final VisibleOnPrimary visibility = new VisibleOnPrimary();
    private boolean isAsked;
    private boolean commitsWait;
    private long askedAtNanos;

    /** Nothing is connected until it is asked. */
    public PostgresSight(KeptConnection.Connections connections) {
        this.connection = new KeptConnection(() -> {
            Connection opened = connections.open();
            opened.setAutoCommit(false);
            opened.setReadOnly(true);
            return opened;
        });
    }

    /** Returns once they do; false where they do not within a second or so, or where the database cannot be asked now. */
    public boolean shows(Transactions transactions) throws InterruptedException {
        if (transactions.equals(Transactions.NONE)) {
            return true;
        }
        try {
            if (!commitsWait()) {
                return true;
            }
            visibility.await(connection.get(), transactions);
            connection.get().rollback();
            return true;
        } catch (NotVisibleException e) {
            return false;
        } catch (SQLException e) {
            LOG.atDebug().setCause(e).log("the database cannot be asked what its readers see");
            connection.close();
            isAsked = false;
            return false;
        }
    }

    private boolean commitsWait() throws SQLException {
        long now = System.nanoTime();
        if (!isAsked || now - askedAtNanos > EVERY_NANOS) {
            try (Statement statement = connection.get().createStatement();
                    ResultSet row =
                            statement.executeQuery("select current_setting('synchronous_standby_names') <> ''")) {
                row.next();
                commitsWait = row.getBoolean(1);
            }
            connection.get().rollback();
            isAsked = true;
            askedAtNanos = now;
        }
        return commitsWait;
    }

    @Override
    public void close() {
        connection.close();
    }
}
