package dev.freshet.checkpoint;

import dev.freshet.change.SourcePosition;

/**
 * The acknowledged prefix of a source: everything before it was applied or set aside.
 *
 * @param position from where the source goes on
 * @param sourceIdentity which database it was, in the source's words; a position means nothing in another one
 * @param sourceEpoch the epoch of the versions written so far; a snapshot begun anew uses a greater one
 * @param basis by which everything before it was done
 * @param isSwept whether entries of earlier epochs that no row backs any more are gone
 */
public record Checkpoint(
        SourcePosition position, String sourceIdentity, int sourceEpoch, Basis basis, boolean isSwept) {
    /** Of a source that owes nothing. */
    public Checkpoint(SourcePosition position, String sourceIdentity, int sourceEpoch, Basis basis) {
        this(position, sourceIdentity, sourceEpoch, basis, true);
    }

    /** The same where the sweep is still to come. */
    public Checkpoint unswept() {
        return new Checkpoint(position, sourceIdentity, sourceEpoch, basis, false);
    }
}
