package dev.freshet.pipeline;

/** The connection was cut, the database went away, another process holds the slot: what the world does to a source. */
public final class SourceLostException extends Exception {
    public SourceLostException(String message, Throwable cause) {
        super(message, cause);
    }

    public SourceLostException(String message) {
        super(message);
    }
}
