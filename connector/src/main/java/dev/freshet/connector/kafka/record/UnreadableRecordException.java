package dev.freshet.connector.kafka.record;

/** A record of which nobody can tell what changed or in which order; the message is a {@link Reading.Unreadable#reason}. */
final class UnreadableRecordException extends Exception {
    private final String reason;

    UnreadableRecordException(String reason) {
        super(reason, null, false, false);
        this.reason = reason;
    }

    String reason() {
        return reason;
    }
}
