package dev.freshet.connector.kafka.record;

import dev.freshet.change.Unknown;
import dev.freshet.connector.envelope.ColumnKind;
import dev.freshet.connector.envelope.ColumnReader;
import dev.freshet.connector.envelope.ColumnReaders;
import dev.freshet.connector.envelope.JsonColumn;
import dev.freshet.connector.envelope.UnreadableException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/**
 * Chooses how a column is read: by the name of its schema; where that has none by its type in the catalogue; where the
 * catalogue does not know it by the value's own class.
 */
final class SentColumns {
    private static final String TIME = "io.debezium.time.";
    private static final String HSTORE = "hstore";
    private static final long MILLIS_OF_DAY = TimeUnit.DAYS.toMillis(1);

    private SentColumns() {}

    /** @param type in the catalogue, if that is known */
    static ColumnReader of(Schema schema, @Nullable String type) {
        return orPlaceholder(value(schema, type));
    }

    /** Without a schema. */
    static ColumnReader of(@Nullable String type) {
        return orPlaceholder(type == null ? PlainValue::of : TypedColumns.of(type));
    }

    private static ColumnReader orPlaceholder(ColumnReader reader) {
        return sent -> Placeholder.is(sent) ? Unknown.VALUE : reader.read(sent);
    }

    private static ColumnReader value(Schema schema, @Nullable String type) {
        String name = schema.name();
        if (name == null) {
            return type == null ? plain(schema) : TypedColumns.of(type);
        }
        return switch (name) {
            case "org.apache.kafka.connect.data.Decimal", "io.debezium.data.VariableScaleDecimal" -> SentDecimal::of;
            case "org.apache.kafka.connect.data.Date" ->
                sent -> SentTime.date(Math.floorDiv(millis(sent), MILLIS_OF_DAY));
            case "org.apache.kafka.connect.data.Time" -> sent -> SentTime.time(millis(sent), TimeUnit.MILLISECONDS);
            case "org.apache.kafka.connect.data.Timestamp" ->
                sent -> SentTime.timestamp(millis(sent), TimeUnit.MILLISECONDS);
            // By default an hstore is JSON as well.
            case "io.debezium.data.Json" ->
                HSTORE.equals(type) ? TypedColumns.of(HSTORE) : sent -> JsonColumn.read((String) sent);
            case "io.debezium.data.Uuid" -> ColumnReaders.text(ColumnKind.UUID);
            case "io.debezium.data.Bits" -> bits(schema);
            default -> name.startsWith(TIME) ? time(name.substring(TIME.length())) : plain(schema);
        };
    }

    private static ColumnReader time(String name) {
        return switch (name) {
            case "Date" -> sent -> SentTime.date(number(sent));
            case "Time" -> sent -> SentTime.time(number(sent), TimeUnit.MILLISECONDS);
            case "MicroTime" -> sent -> SentTime.time(number(sent), TimeUnit.MICROSECONDS);
            case "NanoTime" -> sent -> SentTime.time(number(sent), TimeUnit.NANOSECONDS);
            case "Timestamp" -> sent -> SentTime.timestamp(number(sent), TimeUnit.MILLISECONDS);
            case "MicroTimestamp" -> sent -> SentTime.timestamp(number(sent), TimeUnit.MICROSECONDS);
            case "NanoTimestamp" -> sent -> SentTime.timestamp(number(sent), TimeUnit.NANOSECONDS);
            case "IsoDate" -> sent -> SentTime.date((String) sent);
            case "IsoTime" -> sent -> SentTime.time((String) sent);
            case "IsoTimestamp" -> sent -> SentTime.timestamp((String) sent);
            case "ZonedTimestamp" -> ColumnReaders.text(ColumnKind.ZONED_TIMESTAMP);
            case "ZonedTime" -> ColumnReaders.text(ColumnKind.ZONED_TIME);
            case "Interval" -> sent -> SentTime.interval((String) sent);
            case "MicroDuration" -> sent -> SentTime.interval(number(sent), TimeUnit.MICROSECONDS);
            case "NanoDuration" -> sent -> SentTime.interval(number(sent), TimeUnit.NANOSECONDS);
            case "Year" -> sent -> number(sent);
            default ->
                sent -> {
                    throw new UnreadableException("its schema " + TIME + name
                            + " is not known; set time.precision.mode=adaptive or another that is");
                };
        };
    }

    private static ColumnReader bits(Schema schema) {
        Map<String, String> parameters = schema.parameters();
        int length = parameters == null
                ? Integer.MAX_VALUE
                : Integer.parseInt(parameters.getOrDefault("length", String.valueOf(Integer.MAX_VALUE)));
        return sent -> SentBits.text(sent instanceof byte[] bytes ? ByteBuffer.wrap(bytes) : (ByteBuffer) sent, length);
    }

    private static ColumnReader plain(Schema schema) {
        return switch (schema.type()) {
            case INT8, INT16, INT32, INT64, FLOAT32, FLOAT64, BOOLEAN, STRING, BYTES -> PlainValue::of;
            case ARRAY -> {
                ColumnReader element = value(schema.valueSchema(), null);
                yield sent -> list((List<?>) sent, element);
            }
            case MAP -> {
                ColumnReader value = value(schema.valueSchema(), null);
                yield sent -> map((Map<?, ?>) sent, value);
            }
            case STRUCT -> sent -> struct((Struct) sent);
        };
    }

    private static List<@Nullable Object> list(List<?> sent, ColumnReader element) {
        List<@Nullable Object> list = new ArrayList<>(sent.size());
        for (Object each : sent) {
            list.add(each == null ? null : element.read(each));
        }
        return list;
    }

    /** By the order of its names, since it has none of its own. */
    private static Map<String, @Nullable Object> map(Map<?, ?> sent, ColumnReader reader) {
        Map<String, @Nullable Object> map = new TreeMap<>();
        sent.forEach((name, value) -> map.put(String.valueOf(name), value == null ? null : reader.read(value)));
        return map;
    }

    private static Map<String, @Nullable Object> struct(Struct sent) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (Field field : sent.schema().fields()) {
            Object value = sent.getWithoutDefault(field.name());
            map.put(
                    field.name(),
                    value == null ? null : value(field.schema(), null).read(value));
        }
        return map;
    }

    private static long millis(Object sent) {
        return ((java.util.Date) sent).toInstant().toEpochMilli();
    }

    private static long number(Object sent) {
        return ((Number) sent).longValue();
    }
}
