package dev.freshet.connector.debezium;

import dev.freshet.servers.DatabaseServer;
import java.io.IOException;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Random;
import org.postgresql.PGConnection;

/** Writes what is hard to follow in a log: interleaved transactions, COPY, key updates, truncates, multi-row statements. */
final class LogWorkload implements AutoCloseable {
    private final Connection one;
    private final Connection other;
    private final Random random;
    private int nextId = 1;

    LogWorkload(DatabaseServer server, long seed) throws SQLException {
        one = server.connect();
        other = server.connect();
        random = new Random(seed);
    }

    static void createTables(DatabaseServer server) throws SQLException {
        server.execute(
                "create table a (id bigint primary key, x int)",
                "alter table a replica identity full",
                "create table b (id bigint primary key, x int)",
                "create table last (id int primary key)");
    }

    /** Steps drawn at random; each leaves every transaction committed. */
    void steps(int count) throws SQLException, IOException {
        for (int i = 0; i < count; i++) {
            switch (random.nextInt(6)) {
                case 0 -> copy(20 + random.nextInt(200));
                case 1, 2 -> interleaved();
                case 3 -> manyRows();
                case 4 -> keyUpdate();
                default -> truncateOfTwo();
            }
        }
    }

    /** Every row of it has one LSN. */
    void copy(int rows) throws SQLException, IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < rows; i++) {
            text.append(nextId++).append('\t').append(i).append('\n');
        }
        one.unwrap(PGConnection.class).getCopyAPI().copyIn("copy a from stdin", new StringReader(text.toString()));
    }

    /** The one that begins first commits last. */
    void interleaved() throws SQLException {
        one.setAutoCommit(false);
        run(one, "insert into a values (" + nextId++ + ", 1)");
        other.setAutoCommit(false);
        run(other, "insert into b values (" + nextId++ + ", 1)");
        run(one, "insert into b values (" + nextId++ + ", 2)");
        run(other, "insert into a values (" + nextId++ + ", 2)");
        other.commit();
        run(one, "insert into a values (" + nextId++ + ", 3)");
        one.commit();
        one.setAutoCommit(true);
        other.setAutoCommit(true);
    }

    /** Another transaction commits inside one that stays open, whose next row stands right behind that commit. */
    long leaveOpen() throws SQLException {
        one.setAutoCommit(false);
        run(one, "insert into a values (" + nextId++ + ", 1)");
        long committed = nextId++;
        run(other, "insert into b values (" + committed + ", 1)");
        run(one, "insert into a values (" + nextId++ + ", 2)");
        return committed;
    }

    void commitOpen() throws SQLException {
        one.commit();
        one.setAutoCommit(true);
    }

    private void manyRows() throws SQLException {
        run(one, "insert into b select g, g from generate_series(" + nextId + ", " + (nextId + 30) + ") g");
        nextId += 31;
        run(one, "update b set x = x + 1 where id % 3 = 0");
    }

    private void keyUpdate() throws SQLException {
        run(one, "insert into a values (" + nextId++ + ", 0)");
        run(one, "update a set id = " + nextId++ + " where id = " + (nextId - 2));
    }

    private void truncateOfTwo() throws SQLException {
        run(one, "insert into a values (" + nextId++ + ", 9)");
        run(one, "truncate a, b");
    }

    /** A change that comes after all others. */
    void finish() throws SQLException {
        run(one, "insert into last values (1)");
    }

    /** How many ids were used so far; each was a row of table a or b. */
    int ids() {
        return nextId - 1;
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws SQLException {
        one.close();
        other.close();
    }
}
