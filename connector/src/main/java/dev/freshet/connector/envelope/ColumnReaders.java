package dev.freshet.connector.envelope;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.change.Unknown;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/** Chooses the {@link ColumnReader} of a column by the name and type of its Connect schema. */
final class ColumnReaders {
    /** What Debezium sends in place of a TOAST value that an update did not change. */
    static final String NOT_SENT = "__debezium_unavailable_value";

    private static final ByteBuffer NOT_SENT_BYTES = ByteBuffer.wrap(
                    NOT_SENT.getBytes(java.nio.charset.StandardCharsets.UTF_8))
            .asReadOnlyBuffer();

    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.USE_LONG_FOR_INTS);

    private static final long MICROS = 1_000_000L;
    private static final long NANOS = 1_000_000_000L;

    private ColumnReaders() {}

    static ColumnReader forSchema(Schema schema) {
        String name = schema.name();
        if (name != null) {
            ColumnReader logical = logical(name);
            if (logical != null) {
                return logical;
            }
        }
        return switch (schema.type()) {
            case INT8, INT16, INT32, INT64 -> sent -> ((Number) sent).longValue();
            case FLOAT32 -> sent -> Double.valueOf(sent.toString());
            case FLOAT64, BOOLEAN -> sent -> sent;
            case STRING -> sent -> NOT_SENT.equals(sent) ? Unknown.VALUE : sent;
            case BYTES -> ColumnReaders::bytes;
            case ARRAY -> list(forSchema(schema.valueSchema()));
            case MAP -> map(forSchema(schema.valueSchema()));
            case STRUCT -> sent -> struct((Struct) sent);
        };
    }

    private static @Nullable ColumnReader logical(String name) {
        return switch (name) {
            case "io.debezium.time.Date" -> sent -> LocalDate.ofEpochDay(((Number) sent).longValue());
            case "io.debezium.time.Time" -> sent -> LocalTime.ofNanoOfDay(((Number) sent).longValue() * 1_000_000L);
            case "io.debezium.time.MicroTime" -> sent -> microTime(((Number) sent).longValue());
            case "io.debezium.time.NanoTime" -> sent -> LocalTime.ofNanoOfDay(((Number) sent).longValue());
            case "io.debezium.time.Timestamp" -> sent -> dateTime(((Number) sent).longValue() * 1_000L);
            case "io.debezium.time.MicroTimestamp" -> sent -> microTimestamp(((Number) sent).longValue());
            case "io.debezium.time.NanoTimestamp" ->
                sent -> LocalDateTime.ofEpochSecond(
                        Math.floorDiv(((Number) sent).longValue(), NANOS),
                        (int) Math.floorMod(((Number) sent).longValue(), NANOS),
                        ZoneOffset.UTC);
            case "io.debezium.time.ZonedTimestamp" -> sent -> zonedTimestamp((String) sent);
            case "io.debezium.time.ZonedTime" ->
                sent -> NOT_SENT.equals(sent)
                        ? Unknown.VALUE
                        : OffsetTime.parse((String) sent)
                                .withOffsetSameInstant(ZoneOffset.UTC)
                                .toString();
            case "io.debezium.data.Uuid" -> sent -> UUID.fromString((String) sent);
            case "io.debezium.data.Json" -> sent -> json((String) sent);
            case "io.debezium.data.VariableScaleDecimal" -> sent -> variableScale((Struct) sent);
            case "org.apache.kafka.connect.data.Decimal" -> sent -> (BigDecimal) sent;
            default -> null;
        };
    }

    private static Object bytes(Object sent) {
        ByteBuffer bytes = sent instanceof byte[] array ? ByteBuffer.wrap(array) : (ByteBuffer) sent;
        return NOT_SENT_BYTES.equals(bytes) ? Unknown.VALUE : bytes.asReadOnlyBuffer();
    }

    private static ColumnReader list(ColumnReader element) {
        return sent -> {
            List<?> elements = (List<?>) sent;
            if (elements.size() == 1 && NOT_SENT.equals(elements.getFirst())) {
                return Unknown.VALUE;
            }
            List<@Nullable Object> read = new ArrayList<>(elements.size());
            for (Object each : elements) {
                read.add(each == null ? null : element.read(each));
            }
            return read;
        };
    }

    private static ColumnReader map(ColumnReader value) {
        return sent -> {
            Map<?, ?> members = (Map<?, ?>) sent;
            if (members.size() == 1
                    && NOT_SENT.equals(members.keySet().iterator().next())) {
                return Unknown.VALUE;
            }
            Map<String, @Nullable Object> read = new LinkedHashMap<>();
            members.forEach((key, each) -> read.put(String.valueOf(key), each == null ? null : value.read(each)));
            return read;
        };
    }

    private static Map<String, @Nullable Object> struct(Struct struct) {
        Map<String, @Nullable Object> read = new LinkedHashMap<>();
        for (var field : struct.schema().fields()) {
            Object each = struct.get(field);
            read.put(
                    field.name(),
                    each == null ? null : forSchema(field.schema()).read(each));
        }
        return read;
    }

    private static Object microTime(long micros) {
        return micros == 24L * 3_600L * MICROS ? "24:00:00" : LocalTime.ofNanoOfDay(micros * 1_000L);
    }

    /** PostgreSQL's infinities arrive as the ends of the range and stay texts. */
    private static Object microTimestamp(long micros) {
        return switch (Infinity.ofMicros(micros)) {
            case POSITIVE -> "infinity";
            case NEGATIVE -> "-infinity";
            case NONE -> dateTime(micros);
        };
    }

    private static LocalDateTime dateTime(long micros) {
        return LocalDateTime.ofEpochSecond(
                Math.floorDiv(micros, MICROS), (int) Math.floorMod(micros, MICROS) * 1_000, ZoneOffset.UTC);
    }

    private static Object zonedTimestamp(String sent) {
        if (sent.equals(NOT_SENT)) {
            return Unknown.VALUE;
        }
        if (sent.equals("infinity") || sent.equals("-infinity")) {
            return sent;
        }
        Instant instant = OffsetDateTime.parse(sent).toInstant();
        return instant;
    }

    private static @Nullable Object json(String sent) {
        if (sent.equals(NOT_SENT)) {
            return Unknown.VALUE;
        }
        try {
            return JSON.readValue(sent, Object.class);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("the database sent a JSON column that is not JSON", impossible);
        }
    }

    private static BigDecimal variableScale(Struct sent) {
        return new BigDecimal(new BigInteger(sent.getBytes("value")), sent.getInt32("scale"));
    }

    /** Whether a timestamp stands for PostgreSQL's infinity, by the values with which Debezium says so. */
    private enum Infinity {
        POSITIVE,
        NEGATIVE,
        NONE;

        private static final long POSITIVE_MICROS = 9_223_371_331_200_000_000L;
        private static final long NEGATIVE_MICROS = -9_223_372_036_832_400_000L;

        static Infinity ofMicros(long micros) {
            if (micros >= POSITIVE_MICROS) {
                return POSITIVE;
            }
            return micros <= NEGATIVE_MICROS ? NEGATIVE : NONE;
        }
    }
}
