package dev.freshet.checkpoint;

import dev.freshet.change.SourcePosition;

/**
 * The acknowledged prefix of a source: everything before it was applied or set aside.
 *
 * @param position from where the source goes on
 * @param sourceIdentity which database it was, in the source's words; a position means nothing in another one
 * @param sourceEpoch the epoch of the versions written so far; a snapshot begun anew uses a greater one
 * @param basis by which everything before it was done
 * @param owed entries that no row backs any more, and that are there still
 */
public record Checkpoint(SourcePosition position, String sourceIdentity, int sourceEpoch, Basis basis, Owed owed) {
    /** Of a source that owes nothing. */
    public Checkpoint(SourcePosition position, String sourceIdentity, int sourceEpoch, Basis basis) {
        this(position, sourceIdentity, sourceEpoch, basis, Owed.NOTHING);
    }

    /** The same where sweeps are still to come. */
    public Checkpoint owing(Owed sweeps) {
        return new Checkpoint(position, sourceIdentity, sourceEpoch, basis, sweeps);
    }
}
