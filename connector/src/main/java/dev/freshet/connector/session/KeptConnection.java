package dev.freshet.connector.session;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection, opened when it is first needed, and another one after it was closed, as it is after any failure. Used by one thread. */
public final class KeptConnection implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KeptConnection.class);

    private final Connections connections;
    private @Nullable Connection kept;

    /** Opens a connection to the database. */
    @FunctionalInterface
    public interface Connections {
        Connection open() throws SQLException;
    }

    /** Opens nothing yet. */
    public KeptConnection(Connections connections) {
        this.connections = connections;
    }

    /** As it is, or opened now. */
    public Connection get() throws SQLException {
        Connection open = kept;
        if (open == null) {
            open = connections.open();
            kept = open;
        }
        return open;
    }

    /** Lets go of it; the next one is another. */
    @Override
    public void close() {
        Connection open = kept;
        kept = null;
        if (open != null) {
            try {
                open.close();
            } catch (SQLException e) {
                LOG.atDebug().setCause(e).log("a dead connection");
            }
        }
    }
}
