package dev.freshet.connector.visibility;

import dev.freshet.change.Transactions;
import dev.freshet.pipeline.DatabaseAwayException;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Waits until what is asked sees the changes that ask.
 *
 * <p>A change can be delivered before others see it, while its commit waits for a synchronous standby, and a replica is behind
 * at any time; what is read then would be the old row under the new version, for good.
 */
public interface Visibility extends AutoCloseable {
    /**
     * Returns when the next statement on the connection sees these transactions, and so do those after it in the same
     * transaction of the connection.
     *
     * @throws DatabaseAwayException where they are not visible within a second or so
     */
    void await(Connection connection, Transactions visible)
            throws SQLException, DatabaseAwayException, InterruptedException;

    @Override
    default void close() {}
}
