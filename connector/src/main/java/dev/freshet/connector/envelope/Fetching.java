package dev.freshet.connector.envelope;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** How many rows the driver takes from the server at a time: many short ones, few long ones. */
public final class Fetching {
    private static final int FIRST = 16;
    private static final int MOST = 1_000;
    private static final int LEAST = 4;
    private static final long BYTES = 4 << 20;

    private int rows;
    private long bytes;

    /** Before the statement is executed. */
    public Fetching(Statement statement) throws SQLException {
        statement.setFetchSize(FIRST);
    }

    /** After each row. */
    public void read(ResultSet result, long ofRow) throws SQLException {
        rows++;
        bytes += ofRow;
        if (rows % FIRST == 0 || ofRow > BYTES / FIRST) {
            result.setFetchSize(Math.clamp(BYTES * rows / Math.max(1, bytes), LEAST, MOST));
        }
    }
}
