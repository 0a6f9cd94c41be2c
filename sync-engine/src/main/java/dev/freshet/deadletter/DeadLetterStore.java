package dev.freshet.deadletter;

import dev.freshet.write.TargetAwayException;
import java.util.List;

/** Keeps dead letters until a person has looked. */
public interface DeadLetterStore {
    /**
     * Stores them durably before it returns; the same letter twice is kept once.
     *
     * @throws TargetAwayException where the store did not say that it did
     */
    void add(List<DeadLetter> letters) throws TargetAwayException;
}
