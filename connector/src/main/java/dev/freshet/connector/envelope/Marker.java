package dev.freshet.connector.envelope;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Texts that stand in a column for something else than a value. PostgreSQL's text has no NUL, so no value is one. */
final class Marker {
    /** An unchanged TOAST value. */
    static final String NOT_SENT = "\0not sent";

    private static final String UNREADABLE = "\0unreadable: ";
    private static final ByteBuffer NOT_SENT_BYTES = ByteBuffer.wrap(
                    "__freshet_not_sent_c0ffee5a17b34d6c".getBytes(StandardCharsets.UTF_8))
            .asReadOnlyBuffer();

    private Marker() {}

    /** For bytes, which may hold anything, a long name that nobody stores. */
    static ByteBuffer notSentBytes() {
        return NOT_SENT_BYTES;
    }

    static String unreadable(String reason) {
        return UNREADABLE + reason;
    }

    /** @throws UnreadableException where the text says that a value could not be told */
    static void check(String sent) {
        if (sent.startsWith(UNREADABLE)) {
            throw new UnreadableException(sent.substring(UNREADABLE.length()));
        }
    }
}
