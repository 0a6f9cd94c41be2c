package dev.freshet.servers.edge;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** How long answers are held back; a change of it is felt by those that wait. */
final class Delay {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private Duration duration = Duration.ZERO;

    void set(Duration to) {
        lock.lock();
        try {
            duration = to;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void await() {
        lock.lock();
        try {
            long left = duration.toNanos();
            while (left > 0) {
                left = Math.min(changed.awaitNanos(left), duration.toNanos());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }
}
