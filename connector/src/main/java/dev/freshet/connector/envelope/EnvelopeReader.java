package dev.freshet.connector.envelope;

import dev.freshet.change.Change;
import dev.freshet.change.TableId;
import dev.freshet.change.Version;
import dev.freshet.rules.catalog.Catalog;
import dev.freshet.rules.catalog.Catalog.OldRow;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;

/** Reads Debezium's records. What is no row change (heartbeats, tombstones, messages) is empty. Used by one thread. */
public final class EnvelopeReader {
    private final Tables tables;
    private final Map<TableId, TableReader> readers = new HashMap<>();

    /** Tells what the catalogue says of a table, at the moment of the question: asked whenever records take another form. */
    @FunctionalInterface
    public interface Tables {
        /** Empty where there is no such table (any more). */
        Optional<Catalog.Table> now(TableId table);
    }

    public EnvelopeReader(Tables tables) {
        this.tables = tables;
    }

    /** Whether the record is a row's change or a truncate, and so takes a version. */
    public static boolean isChange(SourceRecord record) {
        return record.value() instanceof Struct value
                && value.schema().field("op") != null
                && value.schema().field("source") != null
                && !"m".equals(value.getString("op"));
    }

    /** Whether the engine made it by itself, and nothing came from the server. */
    public static boolean isHeartbeat(SourceRecord record) {
        return !(record.value() instanceof Struct value) || value.schema().field("op") == null;
    }

    /** What somebody wrote into the log. */
    public record Message(String prefix, String content) {}

    /** Empty where the record is something else. */
    public static Optional<Message> message(SourceRecord record) {
        if (!(record.value() instanceof Struct value)
                || value.schema().field("op") == null
                || !"m".equals(value.getString("op"))) {
            return Optional.empty();
        }
        Struct message = value.getStruct("message");
        String content = new String(message.getBytes("content"), StandardCharsets.UTF_8);
        return Optional.of(new Message(message.getString("prefix"), content));
    }

    /** The change that a record tells. */
    public Optional<Change> read(SourceRecord record, Version version) {
        if (!isChange(record)) {
            return Optional.empty();
        }
        Struct value = (Struct) record.value();
        Struct source = value.getStruct("source");
        String operation = value.getString("op");
        Instant committedAt = committedAt(record);
        if (operation.equals("t")) {
            return Optional.of(new Change.Truncate(tableOf(source), version, committedAt));
        }
        TableId table = tableOf(source);
        TableReader reader = readers.get(table);
        if (reader == null || !reader.reads(value.schema())) {
            reader = new TableReader(tables.now(table).orElseGet(() -> dropped(table, record)), value.schema());
            readers.put(table, reader);
        }
        return Optional.of(reader.read(value, operation, version, committedAt));
    }

    /** When what the record tells was committed, by the database's clock. */
    public static Instant committedAt(SourceRecord record) {
        Struct source = ((Struct) record.value()).getStruct("source");
        return Instant.EPOCH.plus(source.getInt64("ts_us"), ChronoUnit.MICROS);
    }

    /** The transaction that made a change; none for a row that a snapshot read, which names the snapshot's own. */
    public static OptionalLong transaction(SourceRecord record) {
        Struct value = (Struct) record.value();
        Long id = value.getStruct("source").getInt64("txId");
        return id == null || value.getString("op").equals("r") ? OptionalLong.empty() : OptionalLong.of(id);
    }

    private static TableId tableOf(Struct source) {
        return new TableId(source.getString("schema"), source.getString("table"));
    }

    /** A table that is gone by now is read by what its records say: they are known by their keys. */
    private static Catalog.Table dropped(TableId table, SourceRecord record) {
        List<String> key = record.keySchema() == null
                ? List.of()
                : record.keySchema().fields().stream().map(Field::name).toList();
        return new Catalog.Table(table, List.of(), List.of(key), new OldRow.Only(key));
    }
}
