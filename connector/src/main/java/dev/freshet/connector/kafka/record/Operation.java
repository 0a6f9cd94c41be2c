package dev.freshet.connector.kafka.record;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What happened, as Debezium's envelope names it. */
enum Operation {
    CREATE,
    /** A snapshot of any kind read the row. */
    READ,
    UPDATE,
    DELETE,
    TRUNCATE,
    /** Somebody wrote into the log. */
    MESSAGE;

    private static final Map<String, Operation> BY_LETTER =
            Map.of("c", CREATE, "r", READ, "u", UPDATE, "d", DELETE, "t", TRUNCATE, "m", MESSAGE);

    /** A create of a snapshot's row is a read: {@code ReadToInsertEvent} makes creates of all of them. */
    static Operation of(String letter, Named source) throws UnreadableRecordException {
        @Nullable Operation operation = BY_LETTER.get(letter);
        if (operation == null) {
            throw new UnreadableRecordException("its operation is '" + letter + "'; known: c, r, u, d, t, m");
        }
        String snapshot = source.text("snapshot");
        return operation == CREATE && snapshot != null && !snapshot.equals("false") ? READ : operation;
    }
}
