package dev.freshet.sidecar.demo;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Kills one part with SIGKILL and starts it again at once, on a thread of its own while traffic goes on. */
final class Breakage {
    private final Victim victim;
    private final Breakable part;
    private final AtomicReference<@Nullable Report> report = new AtomicReference<>();
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

    /**
     * What happened.
     *
     * @param at after the beginning of traffic
     * @param back how long it took until the part did its work again; empty while it does not
     */
    record Report(Victim victim, Duration at, Optional<Duration> back) {}

    Breakage(Victim victim, Breakable part) {
        this.victim = victim;
        this.part = part;
    }

    /** Does it once; later calls do nothing. */
    void happen(Duration at) {
        if (report.compareAndSet(null, new Report(victim, at, Optional.empty()))) {
            Thread.ofPlatform().name("demo-breakage").daemon().start(() -> run(at));
        }
    }

    private void run(Duration at) {
        long began = System.nanoTime();
        try {
            part.kill();
            part.restart();
            part.awaitBack();
            var back = Duration.ofNanos(System.nanoTime() - began);
            report.set(new Report(victim, at, Optional.of(back)));
        } catch (IOException | DemoException | InterruptedException | RuntimeException e) {
            failure.set(e);
        }
    }

    Optional<Report> report() {
        return Optional.ofNullable(report.get());
    }

    void requireSuccess() throws DemoException {
        var thrown = failure.get();
        if (thrown != null) {
            throw new DemoException("%s did not come back: %s".formatted(victim, thrown.getMessage()), thrown);
        }
    }
}
