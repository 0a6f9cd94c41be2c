package dev.freshet.connector.kafka.record;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;

/**
 * Finds out in which form a record was written.
 *
 * <p>A record without a value may be the tombstone behind a delete, which says nothing new, or all that the transformation's
 * default, {@code delete.tombstone.handling.mode=tombstone}, leaves of a delete. Nothing in the record tells one from the
 * other, so the topic's records before it do: behind envelopes, and behind rows that are marked whether they were deleted,
 * it says nothing; behind rows that are not marked it is a delete that cannot be read. Before any record it is taken for
 * nothing: a compacted topic begins with tombstones of rows that nobody has seen. Where headers tell all that was added to
 * other rows, it is a delete that can be read.
 *
 * <p>Used by one thread.
 */
final class Envelopes {
    /** Whether the rows of a topic are marked. A topic that is not flattened is not in it. */
    private final Map<String, Boolean> marked = new HashMap<>();

    /** Empty where the record tells of no change. */
    Optional<Envelope> of(SinkRecord record) throws UnreadableRecordException {
        if (record.value() == null) {
            return tombstone(record);
        }
        Structure value = Structure.of(record.value()).orElseThrow(() -> isNoStructure(record.value()));
        Optional<Envelope> full = Envelope.full(value);
        if (full.isPresent()) {
            return full;
        }
        Added added = new Added(value, record.headers());
        String operation = added.operation();
        if (operation != null) {
            marked.merge(record.topic(), value.has(Added.DELETED), Boolean::logicalOr);
            return Optional.of(Envelope.flattened(value, added, operation));
        }
        if (Notices.is(value)) {
            return Optional.empty();
        }
        if (value.names().equals(List.of("payload", "schema"))) {
            throw new UnreadableRecordException(
                    "its value holds its own schema; set value.converter.schemas.enable=true");
        }
        throw Added.lacks(List.of("op"), added.source().text("connector"));
    }

    private Optional<Envelope> tombstone(SinkRecord record) throws UnreadableRecordException {
        Added added = new Added(Named.NOTHING, record.headers());
        Optional<Structure> key = Structure.of(record.key());
        if (key.isPresent() && "d".equals(added.operation()) && added.source().text("connector") != null) {
            return Optional.of(Envelope.keyAlone(key.get(), added));
        }
        if (marked.getOrDefault(record.topic(), true)) {
            return Optional.empty();
        }
        throw new UnreadableRecordException(
                "it was flattened to a tombstone, which does not say when its row was deleted; set "
                        + "delete.tombstone.handling.mode=rewrite and replace.null.with.default=false");
    }

    private static UnreadableRecordException isNoStructure(@Nullable Object value) {
        String found = value == null ? "null" : value.getClass().getSimpleName();
        return new UnreadableRecordException("its value is of class " + found
                + "; set the converter that the topic was written with (value.converter)");
    }
}
