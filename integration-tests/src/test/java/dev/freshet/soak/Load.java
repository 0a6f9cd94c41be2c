package dev.freshet.soak;

import dev.freshet.servers.DatabaseServer;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs a {@link Workload} on a thread of its own, so many rows a second as far as the database takes them, and again from where
 * it stands when the database was away.
 */
final class Load implements AutoCloseable {
    private static final long LONGEST_DEBT_NANOS = Duration.ofSeconds(1).toNanos();
    private static final Duration BEFORE_ANOTHER_TRY = Duration.ofMillis(50);

    private final Random random;
    private final LongConsumer beaten;
    private final int rowsASecond;
    private final ReentrantLock turn = new ReentrantLock(true);
    private final Thread thread = new Thread(this::run, "soak-load");
    private volatile DatabaseServer database;
    private volatile boolean enough;
    private volatile int kind;
    private final AtomicLong rows = new AtomicLong();
    private volatile @Nullable Throwable failure;
    private @Nullable Workload workload;

    Load(DatabaseServer database, long seed, int rowsASecond, LongConsumer beaten) {
        this.database = database;
        this.random = new Random(seed);
        this.rowsASecond = rowsASecond;
        this.beaten = beaten;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Does something while nothing is written and no transaction is open. */
    void whileStill(Still work) throws Exception {
        turn.lockInterruptibly();
        try {
            settle();
            work.run();
        } finally {
            turn.unlock();
        }
    }

    /** A database that was away has ended them already. */
    private void settle() {
        try {
            if (workload != null) {
                workload.settle();
            }
        } catch (SQLException e) {
            forget();
        }
    }

    /** What is done meanwhile. */
    interface Still {
        void run() throws Exception;
    }

    /** From now on this is the database; to be called while it is still. */
    void moveTo(DatabaseServer other) {
        forget();
        database = other;
    }

    int kind() {
        return kind;
    }

    /** How many rows were changed so far. */
    long rows() {
        return rows.get();
    }

    /**
     * Tells of statements that should not have failed.
     *
     * @throws Divergence where there was one
     */
    void check() {
        Throwable seen = failure;
        if (seen != null) {
            throw new Divergence("the load itself failed: " + seen, seen);
        }
    }

    private void run() {
        long due = System.nanoTime();
        while (!enough) {
            due = Math.max(due, System.nanoTime() - LONGEST_DEBT_NANOS);
            LockSupport.parkNanos(due - System.nanoTime());
            turn.lock();
            try {
                int changed = open().step();
                kind = open().kind();
                rows.addAndGet(changed);
                due += changed * 1_000_000_000L / rowsASecond;
            } catch (SQLException e) {
                forget();
                if (isMistake(e)) {
                    failure = e;
                    return;
                }
                due = System.nanoTime() + BEFORE_ANOTHER_TRY.toNanos();
            } catch (IOException | RuntimeException e) {
                failure = e;
                return;
            } finally {
                turn.unlock();
            }
        }
    }

    /** Of connections, and of servers that end, start or wait (classes 08, 57, 58, 53, 55, 40), faults are made. */
    private static boolean isMistake(SQLException e) {
        String state = String.valueOf(e.getSQLState());
        return !state.matches("(08|57|58|53|55|40|25|XX).*");
    }

    private Workload open() throws SQLException {
        Workload current = workload;
        if (current == null) {
            current = new Workload(database, random, beaten);
            workload = current;
        }
        return current;
    }

    private void forget() {
        Workload gone = workload;
        workload = null;
        if (gone != null) {
            try {
                gone.close();
            } catch (SQLException e) {
                // Its connection is what failed.
            }
        }
    }

    @Override
    public void close() throws InterruptedException {
        enough = true;
        LockSupport.unpark(thread);
        thread.join(Duration.ofSeconds(30).toMillis());
        forget();
    }
}
