package dev.freshet.pipeline;

import dev.freshet.checkpoint.Checkpoint;
import java.util.Optional;

/** The checkpoint that this process saved last, and the one that it may have saved since. */
final class Saved {
    private Optional<Checkpoint> surely = Optional.empty();
    private Optional<Checkpoint> maybe = Optional.empty();

    /** It is about to be saved; whether it was, only an answer tells. */
    void isTried(Checkpoint checkpoint) {
        maybe = Optional.of(checkpoint);
    }

    /** The answer came. */
    void isSaved() {
        surely = maybe;
    }

    /** Whether a target that has this one lacks what it had. */
    boolean isMissedIn(Optional<Checkpoint> found) {
        return surely.isPresent() && !found.equals(surely) && !found.equals(maybe);
    }
}
