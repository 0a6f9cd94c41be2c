package dev.freshet.connector.debezium;

/** The database could not be reached, or refused; the message says what to do. */
public final class DatabaseUnreachableException extends Exception {
    DatabaseUnreachableException(String message, Throwable cause) {
        super(message, cause);
    }
}
