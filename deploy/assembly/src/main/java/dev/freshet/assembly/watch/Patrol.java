package dev.freshet.assembly.watch;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at something twice a second on a thread of its own, which nothing ends: a look that fails is told, and the next one is made. */
public final class Patrol implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Patrol.class);
    private static final Duration EVERY = Duration.ofMillis(500);

    private final ScheduledExecutorService thread;

    /** Begins at once; {@code name} is the thread's. */
    public Patrol(String name, Runnable look) {
        thread = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name(name).daemon().factory());
        var unused = thread.scheduleWithFixedDelay(() -> guarded(look), 0, EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** An executor makes no further look after one that has thrown anything. */
    private static void guarded(Runnable look) {
        try {
            look.run();
        } catch (RuntimeException | Error e) {
            LOG.atError().setCause(e).log("a look failed");
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
