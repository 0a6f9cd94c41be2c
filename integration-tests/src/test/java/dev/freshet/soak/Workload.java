package dev.freshet.soak;

import dev.freshet.servers.DatabaseServer;
import java.io.IOException;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.LongConsumer;
import org.postgresql.PGConnection;

/**
 * Writes what is hard to follow, drawn from a seed: rows that change all the time, keys that change, values too long to be sent
 * again, unique values that change hands, COPY, one row thousands of times in one transaction, truncates, changed columns, and
 * two transactions that stay open while others commit. Used by one thread.
 */
final class Workload implements AutoCloseable {
    static final int ITEMS = 600;
    static final int NOTED = 60;
    static final int SLUGS = 300;
    static final int EVENTS = 3_000;
    private static final int KINDS_KEPT = 3;
    private static final int HELD_ITEMS = 100;

    private final Random random;
    private final LongConsumer beaten;
    private final Connection ordinary;
    private final List<Held> held = new ArrayList<>();
    private long nextId;
    private int kind;

    /**
     * A workload on a server that may have been worked on before.
     *
     * @param beaten is told of every rev of the beat that was committed
     */
    Workload(DatabaseServer database, Random random, LongConsumer beaten) throws SQLException {
        this.random = random;
        this.beaten = beaten;
        this.ordinary = session(database);
        this.nextId = ask("select greatest((select coalesce(max(id), 0) from note),"
                + " (select coalesce(max(id), 0) from event)) + 1000");
        this.kind = (int) ask("select coalesce(max(kind), 0) from event");
        for (int i = 0; i < 2; i++) {
            held.add(new Held(session(database), 10_000 * (i + 1)));
        }
    }

    private static Connection session(DatabaseServer database) throws SQLException {
        Connection connection = database.connect();
        try (Statement statement = connection.createStatement()) {
            statement.execute("set lock_timeout = '20s'");
        }
        return connection;
    }

    /** Something to begin with. */
    void fill() throws SQLException, IOException {
        run(
                "insert into item select g, nextval('rev'), 's' || g, g % 10, true, repeat('x', 3000) from generate_series(1, "
                        + ITEMS / 2 + ") g");
        run("insert into beat values (1, nextval('rev'))");
        run("insert into note select g, g % " + NOTED + ", nextval('rev') from generate_series(1, 300) g");
        copy(100);
    }

    /**
     * The next few changes.
     *
     * @return about how many rows changed
     */
    int step() throws SQLException, IOException {
        beaten.accept(ask("update beat set rev = nextval('rev') where id = 1 returning rev"));
        return 1 + draw();
    }

    private int draw() throws SQLException, IOException {
        int drawn = random.nextInt(1_000);
        if (drawn < 250) {
            return upsert(item());
        } else if (drawn < 450) {
            return run("update item set rev = nextval('rev'), kind = " + random.nextInt(10) + " where id = " + item());
        } else if (drawn < 520) {
            return run("delete from item where id = " + item());
        } else if (drawn < 560) {
            return run("update item set rev = nextval('rev'), live = not live where id = " + item());
        } else if (drawn < 600) {
            return run(
                    "update item set rev = nextval('rev') where kind = " + random.nextInt(10) + " and id <= " + ITEMS);
        } else if (drawn < 650) {
            return changeKey();
        } else if (drawn < 700) {
            return exchangeSlugs();
        } else if (drawn < 780) {
            return run("insert into note values (" + nextId++ + ", " + random.nextInt(NOTED) + ", nextval('rev'))");
        } else if (drawn < 800) {
            return thinOutNotes();
        } else if (drawn < 830) {
            return rollBack();
        } else if (drawn < 980) {
            return held.get(random.nextInt(held.size())).step();
        } else if (drawn < 988) {
            return copy(EVENTS);
        } else if (drawn < 994) {
            return oneRowOftenAtOnce();
        } else if (drawn < 997) {
            return truncate();
        }
        return changeColumns();
    }

    private int item() {
        return 1 + random.nextInt(ITEMS);
    }

    private int upsert(int id) throws SQLException {
        return run("insert into item values (" + id + ", nextval('rev'), null, " + random.nextInt(10) + ", true, '"
                + body() + "') on conflict (id) do update set rev = nextval('rev'), body = excluded.body");
    }

    private String body() {
        StringBuilder body = new StringBuilder();
        for (int length = random.nextInt(5) == 0 ? 300 : 1; length > 0; length--) {
            body.append(Long.toHexString(random.nextLong()));
        }
        return body.toString();
    }

    private int changeKey() throws SQLException {
        int to = item();
        return run("update item set id = " + to + ", rev = nextval('rev') where id = " + item()
                + " and not exists (select from item where id = " + to + ")");
    }

    /** Two rows, one slug each; between the statements one slug has two rows. */
    private int exchangeSlugs() throws SQLException {
        String slug = "s" + random.nextInt(SLUGS);
        String heirs = "(select id from item where id <= " + ITEMS + " and id >= " + item() + " order by id limit 1)";
        return run(
                "update item set rev = nextval('rev'), slug = 'x' || nextval('rev') where slug = '" + slug + "'",
                "update item set rev = nextval('rev'), slug = '" + slug + "' where id = " + heirs);
    }

    /** The latest of an item stays, so that what is latest never goes back. */
    private int thinOutNotes() throws SQLException {
        int item = random.nextInt(NOTED);
        return run("delete from note where item = " + item + " and rev < (select max(rev) from note where item = "
                + item + ")");
    }

    private int rollBack() throws SQLException {
        ordinary.setAutoCommit(false);
        try (Statement statement = ordinary.createStatement()) {
            statement.execute("delete from item where id = " + item());
            statement.execute("savepoint half");
            statement.execute("delete from item where id = " + item());
            statement.execute("rollback to half");
            if (random.nextBoolean()) {
                ordinary.rollback();
            } else {
                ordinary.commit();
            }
        } finally {
            ordinary.setAutoCommit(true);
        }
        return 1;
    }

    /** All rows of it stand at one place of the log, and all tell one stream. */
    private int copy(int rows) throws SQLException, IOException {
        kind++;
        long first = ask("select nextval('rev')");
        run("select setval('rev', " + (first + rows) + ")");
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < rows; i++) {
            text.append(nextId++)
                    .append('\t')
                    .append(kind)
                    .append('\t')
                    .append(first + i)
                    .append('\n');
        }
        ordinary.unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn("copy event from stdin", new StringReader(text.toString()));
        return rows + run("delete from event where kind <= " + (kind - KINDS_KEPT));
    }

    private int oneRowOftenAtOnce() throws SQLException {
        int item = item();
        run("do $$ begin for i in 1..4000 loop update item set rev = nextval('rev') where id = " + item
                + "; end loop; end $$");
        return 4_000;
    }

    private int truncate() throws SQLException {
        settle();
        return run("truncate note");
    }

    private int changeColumns() throws SQLException {
        settle();
        return run(
                "alter table note drop column if exists extra",
                "insert into note values (" + nextId++ + ", " + random.nextInt(NOTED) + ", nextval('rev'))",
                "alter table note add column extra int default " + random.nextInt(100),
                "insert into note values (" + nextId++ + ", " + random.nextInt(NOTED) + ", nextval('rev'), 7)");
    }

    /** Ends the transactions that are open. */
    void settle() throws SQLException {
        for (Held each : held) {
            each.end();
        }
    }

    /** The newest kind of event. */
    int kind() {
        return kind;
    }

    /** One transaction of all. */
    private int run(String... statements) throws SQLException {
        ordinary.setAutoCommit(false);
        int rows = 0;
        try (Statement statement = ordinary.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
                rows += Math.max(0, statement.getUpdateCount());
            }
            ordinary.commit();
        } catch (SQLException e) {
            ordinary.rollback();
            throw e;
        } finally {
            ordinary.setAutoCommit(true);
        }
        return rows;
    }

    private long ask(String sql) throws SQLException {
        try (Statement statement = ordinary.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    @Override
    public void close() throws SQLException {
        for (Held each : held) {
            each.connection.close();
        }
        ordinary.close();
    }

    /** A transaction that stays open while others commit; its items are its own. */
    private final class Held {
        private final Connection connection;
        private final int firstItem;
        private boolean open;

        Held(Connection connection, int firstItem) {
            this.connection = connection;
            this.firstItem = firstItem;
        }

        int step() throws SQLException {
            connection.setAutoCommit(false);
            open = true;
            int item = firstItem + random.nextInt(HELD_ITEMS);
            int rows = 0;
            try (Statement statement = connection.createStatement()) {
                rows += statement.executeUpdate(
                        "insert into item values (" + item + ", nextval('rev'), null, 1, true, 'held')"
                                + " on conflict (id) do update set rev = nextval('rev')");
                rows += statement.executeUpdate(
                        "insert into note values (" + nextId++ + ", " + random.nextInt(NOTED) + ", nextval('rev'))");
            }
            if (random.nextInt(6) == 0) {
                end();
            }
            return rows;
        }

        void end() throws SQLException {
            if (open) {
                if (random.nextInt(5) == 0) {
                    connection.rollback();
                } else {
                    connection.commit();
                }
                open = false;
            }
        }
    }
}
