package dev.freshet.sidecar.demo;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/** Traffic from its beginning to its end, and the figures meanwhile. Used by the command's thread. */
final class Showing {
    private static final Duration WARM_UP = Duration.ofSeconds(3);

    private final DemoSettings settings;
    private final Parts parts;
    private final Screen screen;
    private final StopSignal signal;
    private final Steps steps;
    private final Traffic traffic;
    private long began;

    Showing(DemoSettings settings, Parts parts, Screen screen, StopSignal signal, Steps steps) {
        this.settings = settings;
        this.parts = parts;
        this.screen = screen;
        this.signal = signal;
        this.steps = steps;
        traffic = new Traffic(settings, parts);
    }

    void run() throws IOException, SQLException, DemoException, InterruptedException {
        steps.act("letting traffic run in", this::begin);
        for (var next = screen.every(); !signal.within(until(next)); next = next.plus(screen.every())) {
            requireHealthy();
            breakWhenDue();
            if (isOver()) {
                break;
            }
            parts.freshet().measure();
            screen.show(standing(elapsed(), Optional.empty()));
        }
        var length = elapsed();
        traffic.stop();
        // Where the signal came from a terminal, all children got it too.
        var agreement = signal.isStopped() ? Optional.<Agreement>empty() : Optional.of(agreement());
        parts.freshet().measure();
        screen.end(standing(length, agreement));
    }

    /** Both JVMs have compiled what they run all the time before anything is counted. */
    private void begin() throws DemoException, InterruptedException {
        traffic.start();
        if (signal.within(WARM_UP)) {
            throw new InterruptedException();
        }
        requireHealthy();
        traffic.beginCounting();
        parts.freshet().beginMeasuring();
        began = System.nanoTime();
    }

    private Agreement agreement() throws SQLException, DemoException, InterruptedException {
        return Agreement.await(
                parts.shop(), parts.database(), parts.cache(), parts.edges().freshet());
    }

    /** To the next picture, the breakage or the end, whichever comes first. */
    private Duration until(Duration next) {
        var end = settings.length().orElse(next);
        var earliest = end.compareTo(next) < 0 ? end : next;
        return earliest.minus(elapsed());
    }

    private boolean isOver() {
        return settings.length().isPresent()
                && elapsed().compareTo(settings.length().get()) >= 0;
    }

    private void breakWhenDue() {
        if (elapsed().compareTo(settings.untilBreak()) >= 0) {
            parts.breakage().ifPresent(breakage -> breakage.happen(elapsed()));
        }
    }

    private void requireHealthy() throws DemoException {
        parts.requireHealthy();
        var failure = traffic.failure();
        if (failure.isPresent()) {
            throw new DemoException("the shop cannot work: " + failure.get().getMessage(), failure.get());
        }
    }

    private Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - began);
    }

    private Standing standing(Duration elapsed, Optional<Agreement> agreement) {
        return new Standing(
                elapsed,
                parts.shop().commits(),
                parts.shop().changes(),
                traffic.caches(),
                traffic.edges(),
                parts.edges().make(),
                parts.freshet().commitToCache(),
                parts.freshet().commitToEdge(),
                parts.breakage().flatMap(Breakage::report),
                agreement);
    }
}
