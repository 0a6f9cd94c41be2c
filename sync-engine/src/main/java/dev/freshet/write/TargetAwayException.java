package dev.freshet.write;

/** A target does not answer, or answers that it cannot serve now. */
public final class TargetAwayException extends Exception {
    public TargetAwayException(String message, Throwable cause) {
        super(message, cause);
    }

    public TargetAwayException(String message) {
        super(message);
    }
}
