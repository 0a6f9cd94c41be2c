package dev.freshet.checkpoint;

/** What this process believes of its checkpoint is no longer so: it must begin again from what is stored. */
public final class StandDownException extends Exception {
    public StandDownException(String reason) {
        super(reason);
    }
}
