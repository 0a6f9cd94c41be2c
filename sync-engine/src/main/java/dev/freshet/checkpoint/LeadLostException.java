package dev.freshet.checkpoint;

/** Another process leads by now: what this one still does must end, and what it holds is not to be written. */
public final class LeadLostException extends Exception {
    public LeadLostException(String message) {
        super(message);
    }
}
