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

    private final Thread command = Thread.currentThread();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final CountDownLatch cleaned = new CountDownLatch(1);
    private boolean running;

    /** Listens from now on. */
    static StopSignal on(Leftovers leftovers) {
        var signal = new StopSignal();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> signal.shutDown(leftovers), "demo-stop"));
        return signal;
    }

    private void shutDown(Leftovers leftovers) {
        stop();
        try {
            if (!cleaned.await(TO_CLEAN_UP.toMillis(), TimeUnit.MILLISECONDS)) {
                leftovers.close();
            }
        } catch (InterruptedException e) {
            leftovers.close();
        }
    }

    private synchronized void stop() {
        stopped.countDown();
        if (!running) {
            command.interrupt();
        }
    }

    /** From now on a signal does not interrupt, and {@link #within} tells of it. */
    synchronized void running() throws InterruptedException {
        if (isStopped()) {
            throw new InterruptedException();
        }
        running = true;
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
