package dev.freshet.write.edge;

import dev.freshet.change.Transactions;
import dev.freshet.plan.Operation;
import dev.freshet.write.EdgeListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Holds purges until readers of the database see the changes that they come from, and lets them go in order. Its thread, {@code
 * freshet-edge-gate}, blocks on the database; whoever hands something over does not.
 *
 * <p>What is not seen for a minute goes all the same: a database that took the place of another one may never show it, and a purge too
 * many does no harm.
 */
final class Gate implements AutoCloseable {
    private static final Duration UNSEEN_FOR_GOOD = Duration.ofMinutes(1);
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final Sight sight;
    private final Exit exit;
    private final EdgeListener listener;
    private final LongSupplier nanos;
    private final int most;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition told = lock.newCondition();
    private final Thread thread;
    private List<Handed> waiting = new ArrayList<>();
    private List<Handed> leaving = List.of();
    private int held;
    private OptionalLong leftOut = OptionalLong.empty();

    /** Where what was held goes. */
    interface Exit {
        void take(long ticket, List<Operation.Purge> purges);
    }

    private record Handed(long ticket, List<Operation.Purge> purges, Transactions visible) {}

    /** @param most purges that are held at once */
    Gate(Sight sight, Exit exit, EdgeListener listener, LongSupplier nanos, int most) {
        this.sight = sight;
        this.exit = exit;
        this.listener = listener;
        this.nanos = nanos;
        this.most = most;
        this.thread = Thread.ofVirtual()
                .name("freshet-edge-gate")
                .uncaughtExceptionHandler((dead, cause) -> listener.died(dead.getName(), cause))
                .unstarted(this::work);
    }

    void start() {
        thread.start();
    }

    void begin() {
        lock.lock();
        try {
            leftOut = OptionalLong.empty();
        } finally {
            lock.unlock();
        }
    }

    void take(long ticket, List<Operation.Purge> purges, Transactions visible) {
        lock.lock();
        try {
            if (leftOut.isPresent()) {
                return;
            }
            if (held > 0 && held + purges.size() > most) {
                leftOut = OptionalLong.of(ticket);
                return;
            }
            held += purges.size();
            waiting.add(new Handed(ticket, List.copyOf(purges), visible));
            told.signal();
        } finally {
            lock.unlock();
        }
    }

    OptionalLong undone() {
        lock.lock();
        try {
            if (!leaving.isEmpty()) {
                return OptionalLong.of(leaving.getFirst().ticket());
            }
            return waiting.isEmpty()
                    ? leftOut
                    : OptionalLong.of(waiting.getFirst().ticket());
        } finally {
            lock.unlock();
        }
    }

    /** Purges that wait for their changes to be seen. */
    int held() {
        lock.lock();
        try {
            return held;
        } finally {
            lock.unlock();
        }
    }

    boolean wantsAgain() {
        lock.lock();
        try {
            return leftOut.isPresent() && waiting.isEmpty() && leaving.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    private void work() {
        try {
            while (true) {
                List<Handed> handed = next();
                await(handed);
                for (Handed each : handed) {
                    exit.take(each.ticket(), each.purges());
                }
                gone();
            }
        } catch (InterruptedException e) {
            // It is closed; what is held comes again with the next process.
            Thread.currentThread().interrupt();
        }
    }

    private List<Handed> next() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (waiting.isEmpty()) {
                told.await();
            }
            leaving = waiting;
            waiting = new ArrayList<>();
            return leaving;
        } finally {
            lock.unlock();
        }
    }

    private void gone() {
        lock.lock();
        try {
            held -= purges(leaving);
            leaving = List.of();
        } finally {
            lock.unlock();
        }
    }

    private void await(List<Handed> handed) throws InterruptedException {
        Transactions all =
                Transactions.together(handed.stream().map(Handed::visible).toList());
        long begun = nanos.getAsLong();
        while (!sight.shows(all)) {
            if (nanos.getAsLong() - begun > UNSEEN_FOR_GOOD.toNanos()) {
                listener.unseen(purges(handed));
                return;
            }
            // Whoever could not tell may not be able to for a while.
            Thread.sleep(PAUSE);
        }
    }

    private static int purges(List<Handed> handed) {
        return handed.stream().mapToInt(each -> each.purges().size()).sum();
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
