package dev.freshet.sidecar.admin;

import dev.freshet.connector.debezium.SlotWatch;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.OptionalLong;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at the slot every so often, for health and for the lag in bytes. */
public final class SlotMonitor implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SlotMonitor.class);
    private static final long EVERY_MILLIS = 500;

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("freshet-watch").daemon().factory());
    private final SlotWatch watch;

    public SlotMonitor(SlotWatch watch, Health health, MeterRegistry registry) {
        this.watch = watch;
        AtomicReference<OptionalLong> lag = new AtomicReference<>(OptionalLong.empty());
        registry.gauge(
                "freshet.lag.bytes",
                lag,
                last -> last.get().isPresent() ? last.get().getAsLong() : Double.NaN);
        var unused = thread.scheduleWithFixedDelay(
                () -> {
                    SlotWatch.Look look = look();
                    lag.set(look.lagBytes());
                    health.looked(look);
                },
                0,
                EVERY_MILLIS,
                TimeUnit.MILLISECONDS);
    }

    /** A look that fails in a way nobody thought of tells nothing, and the next one is made all the same. */
    private SlotWatch.Look look() {
        try {
            return watch.look();
        } catch (RuntimeException e) {
            LOG.atWarn().setCause(e).log("could not look at the slot");
            return SlotWatch.Look.NOTHING;
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
        watch.close();
    }
}
