package dev.freshet.servers;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The only place where tests wait: it looks again and again, and tells what it saw last when time is up. A look that takes long is
 * made seldom, so that those who are waited for have the machine.
 */
public final class Eventually {
    private static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long LONGEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final int PAUSE_IN_LOOKS = 4;
    private static final long LONGEST_REST_NANOS = TimeUnit.SECONDS.toNanos(1);

    private Eventually() {}

    /** A check that returns when all is well and throws when it is not, or not yet. */
    @FunctionalInterface
    public interface Assertion {
        void check() throws Exception;
    }

    /** Thrown by a check when looking again is of no use. */
    public static final class HopelessException extends RuntimeException {
        public HopelessException(String message) {
            super(message);
        }
    }

    /**
     * Returns as soon as the assertion holds. The assertion runs on the caller's thread and is not cut short: one that
     * can block brings its own limit.
     *
     * @throws AssertionError when it did not hold before the deadline; the last failure is its cause
     */
    public static void eventually(Duration deadline, Assertion assertion) {
        eventuallyGet(deadline, () -> {
            assertion.check();
            return true;
        });
    }

    /** As {@link #eventually}, with what the look returned. */
    public static <T> T eventuallyGet(Duration deadline, Callable<T> look) {
        long end = System.nanoTime() + deadline.toNanos();
        long pause = FIRST_PAUSE_NANOS;
        while (true) {
            long begun = System.nanoTime();
            try {
                return look.call();
            } catch (HopelessException e) {
                throw e;
            } catch (Exception | AssertionError e) {
                long now = System.nanoTime();
                long left = end - now;
                if (left <= 0) {
                    throw new AssertionError("not within %s: %s".formatted(deadline, e.getMessage()), e);
                }
                long rest = Math.min(PAUSE_IN_LOOKS * (now - begun), LONGEST_REST_NANOS);
                LockSupport.parkNanos(Math.min(Math.max(pause, rest), left));
                if (Thread.currentThread().isInterrupted()) {
                    throw new AssertionError("interrupted; so far: %s".formatted(e.getMessage()), e);
                }
                pause = Math.min(2 * pause, LONGEST_PAUSE_NANOS);
            }
        }
    }
}
