package dev.freshet.connector.kafka.record;

import java.util.List;
import org.apache.kafka.connect.header.Header;
import org.apache.kafka.connect.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * What {@code ExtractNewRecordState} added to a flattened row: {@code add.fields} as fields of the value and {@code
 * add.headers} as headers, under their default prefix. {@code op} becomes {@code __op}, {@code source.lsn} becomes {@code
 * __source_lsn}, and {@code lsn}, which the transformation looks up in the source block too, becomes {@code __lsn}.
 *
 * @param fields of the value
 */
record Added(Named fields, Headers headers) {
    static final String PREFIX = "__";

    /** Marks whether a row was deleted, in the modes that rewrite deletes. */
    static final String DELETED = PREFIX + "deleted";

    /** What a flattened record must say and does not. */
    static UnreadableRecordException lacks(List<String> missing, @Nullable String connector)
            throws UnreadableRecordException {
        String options = connector == null
                ? Connector.POSTGRESQL.addFields() + " (PostgreSQL) or " + Connector.BINLOG.addFields()
                        + " (MySQL, MariaDB)"
                : Connector.of(connector).addFields();
        return new UnreadableRecordException("it is no envelope of Debezium's, and was flattened without "
                + String.join(", ", missing) + "; set " + options + " at ExtractNewRecordState");
    }

    @Nullable
    String operation() {
        return named("").text("op");
    }

    /** The source block. */
    Named source() {
        return named("source_");
    }

    /** The transaction block. */
    Named transaction() {
        return named("transaction_");
    }

    private Named named(String block) {
        return name -> {
            Object qualified = get(PREFIX + block + name);
            // ts_ms alone is when Debezium worked on the record.
            return qualified != null || name.startsWith("ts_") ? qualified : get(PREFIX + name);
        };
    }

    private @Nullable Object get(String name) {
        Object field = fields.get(name);
        if (field != null) {
            return field;
        }
        Header header = headers.lastWithName(name);
        return header == null ? null : header.value();
    }
}
