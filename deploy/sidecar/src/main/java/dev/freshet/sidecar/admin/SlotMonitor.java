package dev.freshet.sidecar.admin;

import dev.freshet.assembly.watch.Patrol;
import dev.freshet.connector.debezium.SlotEvent;
import dev.freshet.connector.debezium.SlotWatch;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at the slot every so often, for health and metrics, and tells what comes of it. */
public final class SlotMonitor implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SlotMonitor.class);

    private final Patrol patrol;
    private final SlotWatch watch;
    private final Counter dropped;
    private final Counter givenUp;

    public SlotMonitor(SlotWatch watch, Health health, MeterRegistry registry) {
        this.watch = watch;
        AtomicReference<SlotWatch.Look> last = new AtomicReference<>(SlotWatch.Look.NOTHING);
        registry.gauge("freshet.lag.bytes", last, each -> number(each.get().lagBytes()));
        registry.gauge("freshet.retained.bytes", last, each -> number(each.get().retainedBytes()));
        registry.gauge("freshet.above.max.lag", last, each -> each.get().isAboveLimit() ? 1 : 0);
        dropped = registry.counter("freshet.slots.dropped");
        givenUp = registry.counter("freshet.sources.given.up");
        patrol = new Patrol("freshet-watch", () -> {
            SlotWatch.Look look = SlotWatch.Look.NOTHING;
            try {
                look = watch.look();
            } finally {
                last.set(look);
                health.looked(look);
            }
            look.events().forEach(this::tell);
        });
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
            case SlotEvent.SourceGivenUp(Duration silence) -> {
                givenUp.increment();
                LOG.atWarn()
                        .addKeyValue("silence", silence)
                        .log("the database said nothing, although it was asked to: another source is opened");
            }
        }
    }

    @Override
    public void close() {
        patrol.close();
        watch.close();
    }
}
