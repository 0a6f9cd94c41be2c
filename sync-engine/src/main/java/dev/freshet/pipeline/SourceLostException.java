package dev.freshet.pipeline;

/** The connection was cut, the database went away, another process holds the slot: what the world does to a source. */
public sealed class SourceLostException extends Exception permits DecisionNeededException {
    public SourceLostException(String message, Throwable cause) {
        super(message, cause);
    }

    public SourceLostException(String message) {
        super(message);
    }
}
