package dev.freshet.connector.kafka.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.freshet.change.Unknown;
import dev.freshet.connector.envelope.Column;
import dev.freshet.connector.envelope.RowReader;
import dev.freshet.connector.envelope.WholeRow;
import dev.freshet.rules.expression.EvaluationException;
import io.debezium.connector.postgresql.PostgresValueConverter;
import io.debezium.connector.postgresql.data.Ltree;
import io.debezium.data.Bits;
import io.debezium.data.Enum;
import io.debezium.data.EnumSet;
import io.debezium.data.Json;
import io.debezium.data.Uuid;
import io.debezium.data.VariableScaleDecimal;
import io.debezium.data.Xml;
import io.debezium.data.geometry.Point;
import io.debezium.time.Date;
import io.debezium.time.Interval;
import io.debezium.time.IsoDate;
import io.debezium.time.IsoTime;
import io.debezium.time.IsoTimestamp;
import io.debezium.time.MicroDuration;
import io.debezium.time.MicroTime;
import io.debezium.time.MicroTimestamp;
import io.debezium.time.NanoDuration;
import io.debezium.time.NanoTime;
import io.debezium.time.NanoTimestamp;
import io.debezium.time.Time;
import io.debezium.time.Timestamp;
import io.debezium.time.Year;
import io.debezium.time.ZonedTime;
import io.debezium.time.ZonedTimestamp;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SentColumnTest {
    private static final byte[] PLACEHOLDER = Placeholder.TEXT.getBytes(StandardCharsets.UTF_8);
    private static final UUID ID = UUID.fromString("a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11");
    private static final LocalDateTime NOON = LocalDateTime.parse("2026-01-31T12:34:56");

    static Stream<Arguments> withSchema() {
        Schema variable = VariableScaleDecimal.schema();
        Schema point = Point.builder().build();
        return Stream.of(
                arguments(Schema.BOOLEAN_SCHEMA, true, true),
                arguments(Schema.INT8_SCHEMA, (byte) -1, -1L),
                arguments(Schema.INT16_SCHEMA, (short) -32768, -32768L),
                arguments(Schema.INT32_SCHEMA, 5, 5L),
                arguments(Schema.INT64_SCHEMA, Long.MAX_VALUE, Long.MAX_VALUE),
                arguments(Schema.FLOAT32_SCHEMA, 0.1f, 0.1),
                arguments(Schema.FLOAT64_SCHEMA, 1e300, 1e300),
                arguments(Schema.STRING_SCHEMA, "Grüße", "Grüße"),
                arguments(Schema.BYTES_SCHEMA, ByteBuffer.wrap(new byte[] {0, -1}), bytes(0, -1)),
                arguments(Schema.BYTES_SCHEMA, new byte[] {0, -1}, bytes(0, -1)),
                arguments(Decimal.schema(2), new BigDecimal("1.50"), new BigDecimal("1.50")),
                arguments(
                        variable,
                        VariableScaleDecimal.fromLogical(variable, new BigDecimal("-12345.678")),
                        new BigDecimal("-12345.678")),
                arguments(Date.schema(), (int) NOON.toLocalDate().toEpochDay(), NOON.toLocalDate()),
                arguments(
                        Date.schema(),
                        (int) LocalDate.parse("-0043-03-15").toEpochDay(),
                        LocalDate.parse("-0043-03-15")),
                arguments(Date.schema(), (int) SentTime.INFINITE_DATE.toEpochDay(), "infinity"),
                arguments(Date.schema(), (int) SentTime.MINUS_INFINITE_DATE.toEpochDay(), "-infinity"),
                arguments(Time.schema(), 45_296_789, LocalTime.parse("12:34:56.789")),
                arguments(MicroTime.schema(), 45_296_789_012L, LocalTime.parse("12:34:56.789012")),
                arguments(NanoTime.schema(), 45_296_789_012_345L, LocalTime.parse("12:34:56.789012345")),
                arguments(MicroTime.schema(), 86_400_000_000L, "24:00:00"),
                arguments(MicroTime.schema(), -3_020_399_500_000L, "-838:59:59.5"),
                arguments(Timestamp.schema(), 1_769_862_896_789L, NOON.plusNanos(789_000_000)),
                arguments(MicroTimestamp.schema(), 1_769_862_896_789_012L, NOON.plusNanos(789_012_000)),
                arguments(NanoTimestamp.schema(), 1_769_862_896_789_012_345L, NOON.plusNanos(789_012_345)),
                arguments(MicroTimestamp.schema(), -1L, LocalDateTime.parse("1969-12-31T23:59:59.999999")),
                arguments(Timestamp.schema(), SentTime.INFINITE_MICROS / 1_000, "infinity"),
                arguments(MicroTimestamp.schema(), SentTime.INFINITE_MICROS, "infinity"),
                arguments(MicroTimestamp.schema(), SentTime.MINUS_INFINITE_MICROS, "-infinity"),
                arguments(NanoTimestamp.schema(), Long.MAX_VALUE, "infinity"),
                arguments(NanoTimestamp.schema(), Long.MIN_VALUE, "-infinity"),
                arguments(
                        ZonedTimestamp.schema(),
                        "2026-01-31T10:34:56.789012Z",
                        Instant.parse("2026-01-31T10:34:56.789012Z")),
                arguments(ZonedTimestamp.schema(), "2026-01-31T12:34:56+02:00", Instant.parse("2026-01-31T10:34:56Z")),
                arguments(ZonedTimestamp.schema(), "infinity", "infinity"),
                arguments(ZonedTime.schema(), "12:34:56.789+02:00", "10:34:56.789Z"),
                arguments(IsoDate.schema(), "2026-01-31Z", NOON.toLocalDate()),
                arguments(IsoTime.schema(), "12:34:56.789Z", LocalTime.parse("12:34:56.789")),
                arguments(IsoTimestamp.schema(), "2026-01-31T12:34:56Z", NOON),
                arguments(Interval.schema(), "P1Y2M3DT4H5M6.789S", "P1Y2M3DT4H5M6.789S"),
                arguments(Interval.schema(), "P0Y0M-1DT2H0M0S", "P-1DT2H"),
                arguments(Interval.schema(), "P0Y0M0DT0H0M0S", "PT0S"),
                arguments(MicroDuration.schema(), 90_000_500_000L, "PT25H0.5S"),
                arguments(NanoDuration.schema(), 1_500_000_000L, "PT1.5S"),
                arguments(Year.schema(), 2026, 2026L),
                arguments(org.apache.kafka.connect.data.Date.SCHEMA, utc("2026-01-31T00:00:00Z"), NOON.toLocalDate()),
                arguments(
                        org.apache.kafka.connect.data.Date.SCHEMA,
                        utc("1969-12-31T00:00:00Z"),
                        LocalDate.parse("1969-12-31")),
                arguments(
                        org.apache.kafka.connect.data.Time.SCHEMA,
                        utc("1970-01-01T12:34:56.789Z"),
                        LocalTime.parse("12:34:56.789")),
                arguments(org.apache.kafka.connect.data.Timestamp.SCHEMA, utc("2026-01-31T12:34:56Z"), NOON),
                arguments(Json.schema(), "{\"b\":1.50,\"a\":[1,null]}", json()),
                arguments(Json.schema(), "null", null),
                arguments(Uuid.schema(), ID.toString(), ID),
                arguments(Enum.schema("happy,so so"), "so so", "so so"),
                arguments(EnumSet.schema("a,b"), "a,b", "a,b"),
                arguments(Xml.schema(), "<a/>", "<a/>"),
                arguments(Ltree.schema(), "a.b", "a.b"),
                arguments(Bits.schema(5), new byte[] {0b10101}, "10101"),
                arguments(Bits.schema(12), new byte[] {0b1}, "000000000001"),
                arguments(Bits.schema(9), new byte[] {0, 1}, "100000000"),
                arguments(Bits.schema(Integer.MAX_VALUE), ByteBuffer.wrap(new byte[] {0b11}), "11"),
                arguments(point, Point.createValue(point, 1.5, 2), point()),
                arguments(array(Schema.OPTIONAL_INT32_SCHEMA), Arrays.asList(1, null, 3), Arrays.asList(1L, null, 3L)),
                arguments(array(Schema.OPTIONAL_STRING_SCHEMA), List.of(), List.of()),
                arguments(
                        array(Date.builder().optional().build()),
                        List.of((int) NOON.toLocalDate().toEpochDay()),
                        List.of(NOON.toLocalDate())),
                arguments(array(Json.builder().optional().build()), List.of("{}"), List.of(Map.of())),
                arguments(
                        SchemaBuilder.map(Schema.STRING_SCHEMA, Schema.OPTIONAL_STRING_SCHEMA)
                                .build(),
                        hstore(),
                        hstore()));
    }

    @ParameterizedTest
    @MethodSource("withSchema")
    void aSchemaSaysWhatAValueIs(Schema schema, Object sent, @Nullable Object value) {
        assertThat(SentColumns.of(schema, null).read(sent)).isEqualTo(value);
    }

    @Test
    void bytesCannotBeWritten() {
        assertThat(SentColumns.of(Schema.BYTES_SCHEMA, null).read(new byte[] {1}))
                .isInstanceOfSatisfying(
                        ByteBuffer.class,
                        bytes -> assertThat(bytes.isReadOnly()).isTrue());
    }

    @Test
    void infinityIsWhatDebeziumTakesItFor() {
        assertThat(SentTime.INFINITE_DATE).isEqualTo(PostgresValueConverter.POSITIVE_INFINITY_LOCAL_DATE);
        assertThat(SentTime.MINUS_INFINITE_DATE).isEqualTo(PostgresValueConverter.NEGATIVE_INFINITY_LOCAL_DATE);
        assertThat(SentTime.INFINITE_MICROS)
                .isEqualTo(MicroTimestamp.toEpochMicros(
                        LocalDateTime.ofInstant(PostgresValueConverter.POSITIVE_INFINITY_INSTANT, ZoneOffset.UTC),
                        null));
        assertThat(SentTime.MINUS_INFINITE_MICROS)
                .isEqualTo(MicroTimestamp.toEpochMicros(
                        LocalDateTime.ofInstant(PostgresValueConverter.NEGATIVE_INFINITY_INSTANT, ZoneOffset.UTC),
                        null));
    }

    static Stream<Arguments> placeholders() {
        List<Integer> numbers = new ArrayList<>();
        for (byte each : PLACEHOLDER) {
            numbers.add((int) each);
        }
        return Stream.of(
                arguments(Schema.STRING_SCHEMA, Placeholder.TEXT),
                arguments(Json.schema(), Placeholder.TEXT),
                arguments(Json.schema(), "{\"" + Placeholder.TEXT + "\":\"" + Placeholder.TEXT + "\"}"),
                arguments(Schema.BYTES_SCHEMA, ByteBuffer.wrap(PLACEHOLDER)),
                arguments(Schema.BYTES_SCHEMA, PLACEHOLDER),
                arguments(array(Schema.STRING_SCHEMA), List.of(Placeholder.TEXT)),
                arguments(array(Schema.BYTES_SCHEMA), List.of(ByteBuffer.wrap(PLACEHOLDER))),
                arguments(array(Schema.INT32_SCHEMA), numbers),
                arguments(
                        array(Schema.INT64_SCHEMA),
                        numbers.stream().map(Integer::longValue).toList()),
                arguments(
                        array(Uuid.schema()),
                        List.of(UUID.nameUUIDFromBytes(PLACEHOLDER).toString())),
                arguments(
                        SchemaBuilder.map(Schema.STRING_SCHEMA, Schema.STRING_SCHEMA)
                                .build(),
                        Map.of(Placeholder.TEXT, Placeholder.TEXT)));
    }

    @ParameterizedTest
    @MethodSource("placeholders")
    void whatWasNotSentIsUnknown(Schema schema, Object sent) {
        assertThat(SentColumns.of(schema, null).read(sent)).isEqualTo(Unknown.VALUE);
        assertThat(SentColumns.of(null).read(sent)).isEqualTo(Unknown.VALUE);
    }

    static Stream<Arguments> ofAType() {
        return Stream.of(
                arguments("boolean", true, true),
                arguments("smallint", 5L, 5L),
                arguments("bigint", Long.MIN_VALUE, Long.MIN_VALUE),
                arguments("real", 0.1, 0.1),
                arguments("double precision", "NaN", Double.NaN),
                arguments("double precision", 3L, 3.0),
                arguments("numeric", "1.500", new BigDecimal("1.500")),
                arguments("numeric", "NaN", Double.NaN),
                arguments("numeric", "NAN", Double.NaN),
                arguments("numeric", "NEGATIVE_INFINITY", Double.NEGATIVE_INFINITY),
                arguments("numeric", 19.9, new BigDecimal("19.9")),
                arguments("numeric", 19L, new BigDecimal("19")),
                arguments("numeric", Map.of("scale", 3L, "value", "Bdw="), new BigDecimal("1.500")),
                arguments("money", "-1234.50", new BigDecimal("-1234.50")),
                arguments("text", "2026-01-31", "2026-01-31"),
                arguments("character varying", "x", "x"),
                arguments("mood", "so so", "so so"),
                arguments("tsquery", ByteBuffer.wrap("'fat'".getBytes(StandardCharsets.UTF_8)), "'fat'"),
                arguments("address[]", List.of("(ä)".getBytes(StandardCharsets.UTF_8)), List.of("(ä)")),
                arguments("uuid", ID.toString(), ID),
                arguments("json", "{\"b\":1.50,\"a\":[1,null]}", json()),
                arguments("jsonb", "\"text\"", "text"),
                arguments("bytea", "AP8=", bytes(0, -1)),
                arguments("bytea", "_w==", bytes(-1)),
                arguments("blob", ByteBuffer.wrap(new byte[] {-1}), bytes(-1)),
                arguments("date", 20_484L, NOON.toLocalDate()),
                arguments("date", "2026-01-31Z", NOON.toLocalDate()),
                arguments("date", "infinity", "infinity"),
                arguments("time without time zone", 45_296_789_012L, LocalTime.parse("12:34:56.789012")),
                arguments("time without time zone", "12:34:56Z", LocalTime.parse("12:34:56")),
                arguments("time with time zone", "12:34:56+02:00", "10:34:56Z"),
                arguments("timestamp without time zone", 1_769_862_896_789_012L, NOON.plusNanos(789_012_000)),
                arguments("timestamp without time zone", "2026-01-31T12:34:56Z", NOON),
                arguments("timestamp without time zone", 0L, LocalDateTime.parse("1970-01-01T00:00:00")),
                arguments("time without time zone", 0L, LocalTime.MIDNIGHT),
                arguments("timestamp with time zone", "2026-01-31T12:34:56Z", NOON.toInstant(ZoneOffset.UTC)),
                arguments("timestamp with time zone", "-infinity", "-infinity"),
                arguments("interval", "P0Y0M0DT1H0M0S", "PT1H"),
                arguments("interval", 1_500_000L, "PT1.5S"),
                arguments("hstore", "{\"b\":null,\"a\":\"1\"}", hstore()),
                arguments("hstore", hstore(), hstore()),
                arguments("bit", true, "1"),
                arguments("integer[]", Arrays.asList(1L, null), Arrays.asList(1L, null)),
                arguments("numeric[]", List.of("1.50"), List.of(new BigDecimal("1.50"))),
                arguments(
                        "timestamp with time zone[]",
                        List.of("2026-01-31T12:34:56Z"),
                        List.of(NOON.toInstant(ZoneOffset.UTC))),
                arguments("point", Map.of("x", 1.5, "y", 2.0), Map.of("x", 1.5, "y", 2.0)),
                arguments("bytea", Base64.getEncoder().encodeToString(PLACEHOLDER), Unknown.VALUE));
    }

    @ParameterizedTest
    @MethodSource("ofAType")
    void withoutASchemaTheCatalogueSaysWhatAValueIs(String type, Object sent, Object value) {
        assertThat(SentColumns.of(type).read(sent)).isEqualTo(value);
    }

    @ParameterizedTest
    @MethodSource("ofAType")
    void theSameIsSoWhereTheSchemaHasNoName(String type, Object sent, Object value) {
        Schema unnamed = sent instanceof List ? array(Schema.STRING_SCHEMA) : Schema.STRING_SCHEMA;

        assertThat(SentColumns.of(unnamed, type).read(sent)).isEqualTo(value);
    }

    @Test
    void withoutEitherAValueIsAsItWasSent() {
        Map<String, Object> sent = Map.of("b", List.of(1, 2L, 0.5f), "a", "x");

        assertThat(SentColumns.of(null).read(sent)).isEqualTo(Map.of("a", "x", "b", List.of(1L, 2L, 0.5)));
    }

    @Test
    void anHstoreThatWasSentAsJsonIsInTheOrderOfItsNames() {
        assertThat(SentColumns.of(Json.schema(), "hstore").read("{\"b\":null,\"a\":\"1\"}"))
                .hasToString("{a=1, b=null}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "numeric;AJY=;it is a decimal without its scale; set decimal.handling.mode=string",
                "bit varying;Aw==;its bits were sent without their number; set value.converter.schemas.enable=true",
                "json;{secret;it is no JSON;",
                "interval;secret;it is no interval of ISO-8601;",
                "date;secret;it has a form that is not known (DateTimeParseException);",
                "uuid;secret;it has a form that is not known (IllegalArgumentException);",
                "integer;secret;it has a form that is not known (ClassCastException);"
            })
    void whatCannotBeReadNamesItsColumnAndNotItsValue(
            String type, String sent, String reason, @Nullable String advice) {
        Column column = new Column("price", SentColumns.of(type));
        WholeRow<String> row = new WholeRow<>(new RowReader<>(List.of(column), (image, name) -> image), sent, null);

        assertThatThrownBy(() -> row.get("price"))
                .isInstanceOf(EvaluationException.class)
                .hasMessage("column 'price' cannot be read: " + reason + (advice == null ? "" : "; " + advice));
    }

    /** Of timestamp(3) Debezium's default sends milliseconds, and the catalogue does not know the 3. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "timestamp without time zone;1769862896789",
                "timestamp without time zone;-1769862896789",
                "time without time zone;45296789",
                "time without time zone;86400000"
            })
    void aNumberThatMayCountMillisecondsIsNotRead(String type, long sent) {
        assertThatThrownBy(() -> SentColumns.of(type).read(sent))
                .hasMessage("it counts milliseconds or microseconds, and nothing says which; "
                        + "set time.precision.mode=isostring, or value.converter.schemas.enable=true");
    }

    @Test
    void aSchemaOfTimeThatIsNotKnownIsNoMap() {
        Schema later = SchemaBuilder.struct()
                .name("io.debezium.time.StructuredTimestamp")
                .build();

        assertThatThrownBy(() -> SentColumns.of(later, null).read("x"))
                .hasMessage("its schema io.debezium.time.StructuredTimestamp is not known; "
                        + "set time.precision.mode=adaptive or another that is");
    }

    private static Schema array(Schema element) {
        return SchemaBuilder.array(element).build();
    }

    private static java.util.Date utc(String text) {
        return java.util.Date.from(Instant.parse(text));
    }

    private static ByteBuffer bytes(int... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length);
        for (int value : values) {
            bytes.put((byte) value);
        }
        return bytes.flip();
    }

    private static Map<String, Object> json() {
        return Map.of("b", new BigDecimal("1.50"), "a", Arrays.asList(1L, null));
    }

    private static Map<String, @Nullable Object> hstore() {
        Map<String, @Nullable Object> map = new HashMap<>();
        map.put("b", null);
        map.put("a", "1");
        return map;
    }

    private static Map<String, @Nullable Object> point() {
        Map<String, @Nullable Object> map = new HashMap<>();
        map.put("x", 1.5);
        map.put("y", 2.0);
        map.put("wkb", ByteBuffer.wrap(new byte[] {1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, -8, 63, 0, 0, 0, 0, 0, 0, 0, 64}));
        map.put("srid", null);
        return map;
    }
}
