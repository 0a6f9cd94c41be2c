package dev.freshet.connector.debezium;

import dev.freshet.change.SourcePosition;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Acknowledged positions that the database does not hear of yet. A cache that fails over may have lost its last writes, and
 * the checkpoint with them; the log must hold them still.
 *
 * <p>The pipeline's thread adds, the engine's takes.
 */
final class Retained {
    /** Of the positions of one such part of the time the first is held. */
    private static final int PARTS = 60;

    private final long retainNanos;
    private final LongSupplier nanos;
    private final Deque<Held> held = new ArrayDeque<>();

    private record Held(SourcePosition position, long sinceNanos) {}

    /** {@code nanos} as {@link System#nanoTime}. */
    Retained(Duration retain, LongSupplier nanos) {
        this.retainNanos = retain.toNanos();
        this.nanos = nanos;
    }

    /** Everything up to here is done, since now. */
    synchronized void add(SourcePosition position) {
        long now = nanos.getAsLong();
        if (retainNanos == 0 || held.isEmpty() || now - held.getLast().sinceNanos() >= retainNanos / PARTS) {
            held.add(new Held(position, now));
        }
    }

    /** The newest position that is held long enough, once. */
    synchronized Optional<SourcePosition> take() {
        long now = nanos.getAsLong();
        Optional<SourcePosition> newest = Optional.empty();
        while (!held.isEmpty() && now - held.getFirst().sinceNanos() >= retainNanos) {
            newest = Optional.of(held.remove().position());
        }
        return newest;
    }
}
