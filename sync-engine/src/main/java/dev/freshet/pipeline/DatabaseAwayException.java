package dev.freshet.pipeline;

/** The database cannot answer now; asking again later may do. */
public final class DatabaseAwayException extends Exception {
    private static final long serialVersionUID = 1L;

    public DatabaseAwayException(String message) {
        super(message);
    }

    public DatabaseAwayException(String message, Throwable cause) {
        super(message, cause);
    }
}
