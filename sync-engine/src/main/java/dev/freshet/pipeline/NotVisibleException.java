package dev.freshet.pipeline;

/** The database answers, and does not show some transactions that its log has told of. */
public final class NotVisibleException extends DatabaseAwayException {
    private static final long serialVersionUID = 1L;

    public NotVisibleException(String message) {
        super(message);
    }
}
