package dev.freshet.connector.visibility;

import dev.freshet.change.Transactions;
import dev.freshet.pipeline.NotVisibleException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The first statement of a transaction shows its snapshot; the others see the same. */
public final class VisibleOnPrimary implements Visibility {
    @Override
    public void await(Connection connection, Transactions visible)
            throws SQLException, NotVisibleException, InterruptedException {
        boolean shown = Look.until(() -> {
            boolean shows = snapshot(connection).shows(visible);
            if (!shows) {
                connection.rollback();
            }
            return shows;
        });
        if (!shown) {
            throw new NotVisibleException(
                    "the database does not show yet what its log tells; a synchronous standby may be behind");
        }
    }

    private static Snapshot snapshot(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select pg_current_snapshot()::text")) {
            row.next();
            return Snapshot.parse(row.getString(1));
        }
    }
}
