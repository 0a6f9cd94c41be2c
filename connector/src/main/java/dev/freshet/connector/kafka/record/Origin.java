package dev.freshet.connector.kafka.record;

import dev.freshet.change.TableId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Where a change comes from, out of the source block.
 *
 * @param block in which the position stands
 */
record Origin(Connector connector, TableId table, Instant committedAt, Named block) {
    private static final String CONNECTOR = "connector";
    private static final String TABLE = "table";
    private static final String MICROS = "ts_us";
    private static final String MILLIS = "ts_ms";

    static Origin of(Envelope envelope) throws UnreadableRecordException {
        Named block = envelope.source();
        String name = block.text(CONNECTOR);
        if (name == null) {
            throw lacks(envelope, List.of(CONNECTOR));
        }
        Connector connector = Connector.of(name);
        List<String> missing = new ArrayList<>();
        String schema = text(block, connector.schema(), missing);
        String table = text(block, TABLE, missing);
        connector.position().forEach(each -> text(block, each, missing));
        OptionalLong micros = block.number(MICROS);
        OptionalLong millis = block.number(MILLIS);
        if (micros.isEmpty() && millis.isEmpty()) {
            missing.add(MICROS);
        }
        if (!missing.isEmpty()) {
            throw lacks(envelope, missing);
        }
        Instant committedAt = micros.isPresent()
                ? Instant.EPOCH.plus(micros.getAsLong(), ChronoUnit.MICROS)
                : Instant.ofEpochMilli(millis.orElseThrow());
        return new Origin(connector, new TableId(schema, table), committedAt, block);
    }

    private static String text(Named block, String name, List<String> missing) {
        String text = block.text(name);
        if (text == null || text.isEmpty()) {
            missing.add(name);
            return "";
        }
        return text;
    }

    private static UnreadableRecordException lacks(Envelope envelope, List<String> missing)
            throws UnreadableRecordException {
        List<String> names = missing.stream().map(each -> "source." + each).toList();
        return envelope.kind() == Envelope.Kind.FULL
                ? new UnreadableRecordException(
                        "its envelope lacks " + String.join(", ", names) + ", which Debezium 2.0 and later write")
                : Added.lacks(names, envelope.source().text(CONNECTOR));
    }

    /** The transaction that made the change, where the source numbers its transactions. */
    OptionalLong transaction() {
        return connector == Connector.POSTGRESQL ? block.number("txId") : OptionalLong.empty();
    }
}
