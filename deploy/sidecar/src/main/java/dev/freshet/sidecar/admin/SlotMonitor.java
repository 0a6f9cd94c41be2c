package dev.freshet.sidecar.admin;

import dev.freshet.connector.debezium.SlotWatch;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Looks at the slot every so often, for health and for the lag in bytes. */
public final class SlotMonitor implements AutoCloseable {
    private static final long EVERY_MILLIS = 500;

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("freshet-watch").daemon().factory());
    private final SlotWatch watch;

    public SlotMonitor(SlotWatch watch, Health health, MeterRegistry registry) {
        this.watch = watch;
        AtomicLong lag = new AtomicLong();
        registry.gauge("freshet.lag.bytes", lag);
        var unused = thread.scheduleWithFixedDelay(
                () -> {
                    SlotWatch.Look look = watch.look();
                    lag.set(look.lagBytes());
                    health.looked(look);
                },
                0,
                EVERY_MILLIS,
                TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        thread.shutdownNow();
        watch.close();
    }
}
