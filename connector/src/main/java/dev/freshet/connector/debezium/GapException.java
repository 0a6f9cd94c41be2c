package dev.freshet.connector.debezium;

/** Changes may have been missed, and the user chose to stop then ({@code on_gap: stop}). */
public final class GapException extends RuntimeException {
    GapException(String reason) {
        super("changes may have been missed: " + reason
                + "; set source.on_gap to resync, which reads the tables anew and removes entries without a row");
    }
}
