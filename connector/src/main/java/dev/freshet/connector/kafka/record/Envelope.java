package dev.freshet.connector.kafka.record;

import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What Debezium says of a change, in whatever form it does.
 *
 * @param source the source block
 * @param totalOrder counts the changes of a transaction from 1, where the connector provides transaction metadata
 * @param before the old row, as far as it was sent
 * @param after the new row
 * @param form of the value, which tells whether the rows look as before
 */
record Envelope(
        Kind kind,
        Operation operation,
        Named source,
        OptionalLong totalOrder,
        @Nullable Structure before,
        @Nullable Structure after,
        Object form) {
    /** How a change was written. */
    enum Kind {
        /** With both rows and the source. */
        FULL,
        /** One row, with what was added to it; a deleted one is the old row. */
        FLATTENED,
        /** A flattened delete's tombstone: its key stands for the old row, all else is in headers. */
        KEY_ALONE
    }

    private static final String TOTAL_ORDER = "total_order";

    /** Empty where the value is no envelope with both rows. */
    static Optional<Envelope> full(Structure value) throws UnreadableRecordException {
        String operation = value.text("op");
        Structure source = value.structure("source").orElse(null);
        if (operation == null || source == null || !source.has("connector")) {
            return Optional.empty();
        }
        Structure before = value.structure("before").orElse(null);
        Structure after = value.structure("after").orElse(null);
        Structure row = after == null ? before : after;
        return Optional.of(new Envelope(
                Kind.FULL,
                Operation.of(operation, source),
                source,
                value.structure("transaction")
                        .map(each -> each.number(TOTAL_ORDER))
                        .orElse(OptionalLong.empty()),
                before,
                after,
                row instanceof Structure.WithoutSchema ? row.form() : value.form()));
    }

    /** @param operation as it was added */
    static Envelope flattened(Structure row, Added added, String operation) throws UnreadableRecordException {
        Named source = added.source();
        Operation of = Operation.of(operation, source);
        boolean gone = of == Operation.DELETE;
        return new Envelope(
                Kind.FLATTENED,
                of,
                source,
                added.transaction().number(TOTAL_ORDER),
                gone ? row : null,
                gone ? null : row,
                row.form());
    }

    /** A delete of which the key and headers are left. */
    static Envelope keyAlone(Structure key, Added added) {
        return new Envelope(
                Kind.KEY_ALONE,
                Operation.DELETE,
                added.source(),
                added.transaction().number(TOTAL_ORDER),
                key,
                null,
                key.form());
    }
}
