package dev.freshet.sidecar.admin;

import dev.freshet.connector.debezium.SlotEvent;
import dev.freshet.connector.debezium.SlotWatch;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.OptionalLong;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at the slot every so often, for health and metrics, and tells what comes of it. */
public final class SlotMonitor implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SlotMonitor.class);
    private static final long EVERY_MILLIS = 500;

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("freshet-watch").daemon().factory());
    private final SlotWatch watch;
    private final Counter dropped;

    public SlotMonitor(SlotWatch watch, Health health, MeterRegistry registry) {
        this.watch = watch;
        AtomicReference<SlotWatch.Look> last = new AtomicReference<>(SlotWatch.Look.NOTHING);
        registry.gauge("freshet.lag.bytes", last, each -> number(each.get().lagBytes()));
        registry.gauge("freshet.retained.bytes", last, each -> number(each.get().retainedBytes()));
        registry.gauge("freshet.above.max.lag", last, each -> each.get().isAboveLimit() ? 1 : 0);
        dropped = registry.counter("freshet.slots.dropped");
        var unused = thread.scheduleWithFixedDelay(
                () -> {
                    SlotWatch.Look look = look();
                    last.set(look);
                    health.looked(look);
                    look.events().forEach(this::tell);
                },
                0,
                EVERY_MILLIS,
                TimeUnit.MILLISECONDS);
    }

    private static double number(OptionalLong bytes) {
        return bytes.isPresent() ? bytes.getAsLong() : Double.NaN;
    }

    private void tell(SlotEvent event) {
        switch (event) {
            case SlotEvent.LimitExceeded(long retained, long limit) ->
                LOG.atWarn()
                        .addKeyValue("retained_bytes", retained)
                        .addKeyValue("max_lag_bytes", limit)
                        .log("the database keeps more log for the slot than source.max_lag: its disk may fill");
            case SlotEvent.LimitKept(long retained) ->
                LOG.atInfo()
                        .addKeyValue("retained_bytes", retained)
                        .log("the database keeps no more log for the slot than source.max_lag");
            case SlotEvent.SlotDropped(long retained, long limit) -> {
                dropped.increment();
                LOG.atError()
                        .addKeyValue("retained_bytes", retained)
                        .addKeyValue("max_lag_bytes", limit)
                        .log("the slot kept more log than source.max_lag and was dropped: changes are missed");
            }
        }
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
