package dev.freshet.pipeline;

/** The database cannot answer now; asking again later may do. */
public sealed class DatabaseAwayException extends Exception permits NotVisibleException {
    private static final long serialVersionUID = 1L;

    public DatabaseAwayException(String message) {
        super(message);
    }

    public DatabaseAwayException(String message, Throwable cause) {
        super(message, cause);
    }
}
