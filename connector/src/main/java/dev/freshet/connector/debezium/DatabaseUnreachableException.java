package dev.freshet.connector.debezium;

/** The database could not be reached, or refused; the message says what to do. */
public final class DatabaseUnreachableException extends Exception {
    private final boolean mistake;

    DatabaseUnreachableException(String message, boolean mistake, Throwable cause) {
        super(message, cause);
        this.mistake = mistake;
    }

    /** Whether a person must change something first; otherwise trying again later may do. */
    public boolean isMistake() {
        return mistake;
    }
}
