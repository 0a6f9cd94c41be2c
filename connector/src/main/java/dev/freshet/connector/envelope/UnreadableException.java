package dev.freshet.connector.envelope;

/** A value that cannot be read; the message says why and names no row value. */
public final class UnreadableException extends RuntimeException {
    public UnreadableException(String reason) {
        super(reason, null, false, false);
    }
}
