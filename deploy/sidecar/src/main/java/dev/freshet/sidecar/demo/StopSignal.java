package dev.freshet.sidecar.demo;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C and SIGTERM. While the demo starts they interrupt it; once traffic runs they end it in order. Either way the
 * JVM stays until the command's thread has cleaned up, for some seconds at most, and then what is left is killed from here.
 */
final class StopSignal {
    private static final Duration TO_CLEAN_UP = Duration.ofSeconds(12);
    private static final Duration BETWEEN_INTERRUPTS = Duration.ofMillis(100);

    private final Thread command = Thread.currentThread();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final CountDownLatch cleaned = new CountDownLatch(1);
    private boolean interrupts = true;

    /** Listens from now on. */
    static StopSignal on(Leftovers leftovers) {
        var signal = new StopSignal();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> signal.shutDown(leftovers), "demo-stop"));
        return signal;
    }

    private void shutDown(Leftovers leftovers) {
        stopped.countDown();
        long deadline = System.nanoTime() + TO_CLEAN_UP.toNanos();
        try {
            do {
                interrupt();
            } while (!cleaned.await(BETWEEN_INTERRUPTS.toMillis(), TimeUnit.MILLISECONDS)
                    && System.nanoTime() - deadline < 0);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (cleaned.getCount() > 0) {
            leftovers.close();
        }
    }

    /** More than once, because a library that waits for a connection may take an interrupt for a failed attempt. */
    private synchronized void interrupt() {
        if (interrupts) {
            command.interrupt();
        }
    }

    /** From now on a signal does not interrupt, and {@link #within} tells of it. */
    synchronized void running() throws InterruptedException {
        if (isStopped()) {
            throw new InterruptedException();
        }
        interrupts = false;
    }

    /** From now on a signal does nothing, and no interrupt that it sent is pending. */
    synchronized void leaving() {
        interrupts = false;
        boolean unused = Thread.interrupted();
    }

    boolean isStopped() {
        return stopped.getCount() == 0;
    }

    /** Waits for a signal for so long; true once there was one. */
    boolean within(Duration time) throws InterruptedException {
        return stopped.await(Math.max(0, time.toNanos()), TimeUnit.NANOSECONDS);
    }

    /** The command's thread is done. */
    void cleaned() {
        cleaned.countDown();
    }
}
