package dev.freshet.checkpoint;

import dev.freshet.change.SourcePosition;
import dev.freshet.change.Version;
import java.util.Optional;

/**
 * The acknowledged prefix of a source: everything before it was applied or set aside.
 *
 * @param position from where the source goes on
 * @param sourceIdentity which database it was, in the source's words; a position means nothing in another one
 * @param sourceEpoch the epoch of the versions written so far; a snapshot begun anew uses a greater one
 * @param basis by which everything before it was done
 * @param owed entries that no row backs any more, and that are there still
 * @param applied what stands behind the position and is in the target already, up to this version: only its edges were not purged
 *     yet. Empty where nothing is
 * @param isOwedToEdges whether purges of what stands before the position are kept somewhere else, and not done yet
 */
public record Checkpoint(
        SourcePosition position,
        String sourceIdentity,
        int sourceEpoch,
        Basis basis,
        Owed owed,
        Optional<Version> applied,
        boolean isOwedToEdges) {
    /** Of a source that owes nothing. */
    public Checkpoint(SourcePosition position, String sourceIdentity, int sourceEpoch, Basis basis) {
        this(position, sourceIdentity, sourceEpoch, basis, Owed.NOTHING, Optional.empty(), false);
    }

    /** The same where sweeps are still to come. */
    public Checkpoint owing(Owed sweeps) {
        return new Checkpoint(position, sourceIdentity, sourceEpoch, basis, sweeps, applied, isOwedToEdges);
    }

    /** The same where more is in the target already. */
    public Checkpoint applied(Optional<Version> upTo) {
        return new Checkpoint(position, sourceIdentity, sourceEpoch, basis, owed, upTo, isOwedToEdges);
    }

    /** The same with what is known of the edges. */
    public Checkpoint owedToEdges(boolean isOwed) {
        return new Checkpoint(position, sourceIdentity, sourceEpoch, basis, owed, applied, isOwed);
    }
}
