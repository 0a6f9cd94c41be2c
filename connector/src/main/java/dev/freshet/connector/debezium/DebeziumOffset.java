package dev.freshet.connector.debezium;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.freshet.change.SourcePosition;
import dev.freshet.change.Version;
import dev.freshet.connector.backfill.Progress;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * An offset of Debezium's PostgreSQL connector, in the only form from which nothing is skipped.
 *
 * <p>Before a record is worked on, every transaction up to that record's {@code lsn_commit} was delivered whole. So
 * {@code lsn_commit} is where to go on, and PostgreSQL itself decides what comes: every transaction that commits at or after
 * it, whole. {@code lsn_proc} and {@code messageType} must not stay: with them Debezium searches for its place by LSN, which
 * several changes may share, and passes over what was not done.
 *
 * @param fields Debezium's own, LSNs as unsigned 64-bit integers
 */
record DebeziumOffset(Map<String, Object> fields) {
    private static final String LSN = "lsn";
    private static final String LSN_COMMIT = "lsn_commit";
    private static final String LSN_PROC = "lsn_proc";
    private static final String MESSAGE_TYPE = "messageType";
    private static final String BACKFILLS = "freshet_backfills";
    private static final String SNAPSHOT = "snapshot";
    private static final String SNAPSHOT_COMPLETED = "snapshot_completed";

    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(DeserializationFeature.USE_LONG_FOR_INTS)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

    DebeziumOffset {
        fields = Map.copyOf(fields);
    }

    /** Where to go on once this record, and everything before it, is done. */
    static DebeziumOffset after(Map<String, ?> recordOffset) {
        Map<String, Object> fields = new HashMap<>(recordOffset);
        fields.remove(LSN_PROC);
        fields.remove(MESSAGE_TYPE);
        Object commit = fields.get(LSN_COMMIT);
        if (commit != null) {
            fields.put(LSN, commit);
        }
        return new DebeziumOffset(fields);
    }

    /**
     * Reads {@link #toPosition()} back.
     *
     * @throws IllegalArgumentException where the text was not made by it
     */
    static DebeziumOffset parse(SourcePosition position) {
        try {
            Map<String, Object> fields = read(position);
            fields.remove(BACKFILLS);
            return new DebeziumOffset(fields);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not a position of a PostgreSQL source: " + position.text(), e);
        }
    }

    /** What {@link #toPosition(Progress)} says of backfills. */
    static Progress backfills(SourcePosition position) {
        try {
            Object json = read(position).get(BACKFILLS);
            return json == null ? Progress.NONE : Progress.of(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not a position of a PostgreSQL source: " + position.text(), e);
        }
    }

    private static Map<String, Object> read(SourcePosition position) throws JsonProcessingException {
        return JSON.readValue(position.text(), new TypeReference<TreeMap<String, Object>>() {});
    }

    SourcePosition toPosition() {
        return write(fields);
    }

    /** With how far backfills have come, which the engine does not know of. */
    SourcePosition toPosition(Progress backfills) {
        if (backfills.equals(Progress.NONE)) {
            return toPosition();
        }
        Map<String, Object> all = new HashMap<>(fields);
        all.put(BACKFILLS, backfills.json());
        return write(all);
    }

    private static SourcePosition write(Map<String, Object> fields) {
        try {
            return new SourcePosition(JSON.writeValueAsString(fields));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an offset of plain values could not be written", e);
        }
    }

    /** Every transaction that commits at or after it is still to come; empty where a record had none. */
    OptionalLong lsn() {
        return fields.get(LSN) instanceof Number lsn ? OptionalLong.of(lsn.longValue()) : OptionalLong.empty();
    }

    /** Every change of an older version has been delivered. */
    Version reached(int epoch) {
        return new Version(epoch, fields.get(LSN_COMMIT) instanceof Number commit ? commit.longValue() : 0, 0, 0);
    }

    /** Whether it stands within a snapshot, from which there is no going on. */
    boolean isInsideSnapshot() {
        return fields.containsKey(SNAPSHOT) && !Boolean.TRUE.equals(fields.get(SNAPSHOT_COMPLETED));
    }
}
