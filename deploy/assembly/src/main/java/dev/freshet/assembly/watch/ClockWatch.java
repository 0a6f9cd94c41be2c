package dev.freshet.assembly.watch;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Tells when the machine's clock was set, by comparing it with one that nobody can set. Used by one thread. */
final class ClockWatch {
    private static final Duration LEAST = Duration.ofSeconds(1);

    private final InstantSource clock;
    private final LongSupplier nanos;
    private Duration ahead;

    ClockWatch(InstantSource clock, LongSupplier nanos) {
        this.clock = clock;
        this.nanos = nanos;
        this.ahead = ahead();
    }

    private Duration ahead() {
        return Duration.ofMillis(clock.millis()).minusNanos(nanos.getAsLong());
    }

    /** By how much it was set since the last look, forwards or backwards; empty where it only ran. */
    Optional<Duration> look() {
        Duration before = ahead;
        ahead = ahead();
        Duration jump = ahead.minus(before);
        return jump.abs().compareTo(LEAST) < 0 ? Optional.empty() : Optional.of(jump);
    }
}
