package dev.freshet.pipeline;

import dev.freshet.checkpoint.CheckpointStore;
import dev.freshet.checkpoint.ResyncRequest;
import dev.freshet.write.TargetAwayException;
import java.time.Duration;
import java.util.Optional;

/**
 * The request for a resync under which a source was opened, if there was one. It stays in the store until the snapshot was read and a
 * checkpoint says so: whoever comes after a crash before that begins anew as well. Used by the pipeline's thread.
 */
final class Errand {
    private static final long EVERY_NANOS = Duration.ofSeconds(1).toNanos();

    private final CheckpointStore store;
    private Optional<ResyncRequest> underWay = Optional.empty();
    private long lookedAtNanos = System.nanoTime();

    Errand(CheckpointStore store) {
        this.store = store;
    }

    /** A source is opened: takes up what is asked for by now. */
    boolean isTakenUp() throws TargetAwayException {
        underWay = store.asked();
        lookedAtNanos = System.nanoTime();
        return underWay.isPresent();
    }

    /** Whether something else is asked for since; looks once a second. */
    boolean isNewAsked() {
        long now = System.nanoTime();
        if (now - lookedAtNanos < EVERY_NANOS) {
            return false;
        }
        lookedAtNanos = now;
        try {
            Optional<ResyncRequest> asked = store.asked();
            return asked.isPresent() && !asked.equals(underWay);
        } catch (TargetAwayException e) {
            // Whoever writes hears of it too, and tells.
            return false;
        }
    }

    /** The checkpoint behind the snapshot is saved. */
    void done() throws TargetAwayException {
        if (underWay.isPresent()) {
            store.answered(underWay.get());
            underWay = Optional.empty();
        }
    }
}
