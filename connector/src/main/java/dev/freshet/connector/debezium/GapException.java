package dev.freshet.connector.debezium;

/** Changes may have been missed, and the tables are not to be read anew: the user chose so, or it would end the same way. */
public final class GapException extends RuntimeException {
    private GapException(String message) {
        super(message);
    }

    /** Under {@code on_gap: stop}. */
    static GapException chosen(String reason) {
        return new GapException("changes may have been missed: " + reason
                + "; set source.on_gap to resync, which reads the tables anew and removes entries without a row");
    }

    /** Where what ended the last reading would end the next one. */
    static GapException again(String reason) {
        return new GapException(
                "changes may have been missed: " + reason
                        + "; raise source.max_lag, or see that the cache answers: the next start begins anew as source.on_gap says");
    }
}
