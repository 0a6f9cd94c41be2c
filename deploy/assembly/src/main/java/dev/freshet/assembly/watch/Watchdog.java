package dev.freshet.assembly.watch;

import dev.freshet.pipeline.Quiet;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends a pipeline that hangs, in a sidecar with its process: every wait in it has an end, so one that has none is a mistake that only
 * a new one leaves behind. Whatever was not acknowledged comes again to that one.
 *
 * <p>It tells as well of a clock that was set. No decision hangs on this machine's clock; the ages that the metrics show do.
 */
public final class Watchdog implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);

    private final Patrol patrol;
    private final PipelinePulse pulse;
    private final Duration patience;
    private final MeterRegistry registry;
    private final Runnable end;
    private final Quiet quiet;
    private final ClockWatch clock = new ClockWatch(Clock.systemUTC(), System::nanoTime);
    private long lookedAtNanos = System.nanoTime();

    /**
     * Watches from now on.
     *
     * @param patience with a pipeline that does not go on
     * @param end ends it at once
     */
    public Watchdog(PipelinePulse pulse, Duration patience, MeterRegistry registry, Runnable end) {
        this.pulse = pulse;
        this.patience = patience;
        this.registry = registry;
        this.end = end;
        this.quiet = new Quiet(patience.dividedBy(4));
        registry.counter("freshet.clock.jumps");
        patrol = new Patrol("freshet-watchdog", this::look);
    }

    private void look() {
        clock.look().ifPresent(this::tell);
        long now = System.nanoTime();
        Duration since = Duration.ofNanos(now - lookedAtNanos);
        lookedAtNanos = now;
        Optional<Thread> atWork = pulse.atWork();
        if (atWork.isEmpty()) {
            quiet.forget();
        } else if (quiet.look(atWork.get(), pulse.beats(), since).compareTo(patience) >= 0) {
            giveUp(atWork.get());
        }
    }

    private void tell(Duration jump) {
        registry.counter("freshet.clock.jumps").increment();
        LOG.atWarn()
                .addKeyValue("by", jump)
                .log("this machine's clock was set: ages in the metrics are wrong until changes of after that come");
    }

    private void giveUp(Thread stuck) {
        LOG.atError()
                .addKeyValue("for", patience)
                .addKeyValue("at", Arrays.toString(stuck.getStackTrace()))
                .log("the pipeline hangs, so it is ended; the next one goes on from the checkpoint");
        end.run();
    }

    @Override
    public void close() {
        patrol.close();
    }
}
