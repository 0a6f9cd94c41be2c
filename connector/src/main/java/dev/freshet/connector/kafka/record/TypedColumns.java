package dev.freshet.connector.kafka.record;

import dev.freshet.connector.envelope.ColumnKind;
import dev.freshet.connector.envelope.ColumnReader;
import dev.freshet.connector.envelope.ColumnReaders;
import dev.freshet.connector.envelope.JsonColumn;
import dev.freshet.connector.envelope.TypedText;
import dev.freshet.connector.envelope.UnreadableException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Reads values that do not say what they are, by the type that the catalogue gives their column, as PostgreSQL spells it.
 *
 * <p>A number in a column of times or timestamps is one of microseconds, which Debezium sends by default for a precision
 * above 3. Up to there it sends milliseconds, and the catalogue does not have the precision. So a number that is small for
 * microseconds and usual for milliseconds is not read: it may be a moment of the first weeks of 1970, or of the first minute
 * of a day, and is most often none.
 */
final class TypedColumns {
    private static final String ARRAY = "[]";

    /** MySQL's, in a catalogue that somebody wrote. */
    private static final Set<String> BINARY =
            Set.of("binary", "varbinary", "tinyblob", "blob", "mediumblob", "longblob");

    private static final long MILLIS_OF_DAY = TimeUnit.DAYS.toMillis(1);

    /** The year 2286. */
    private static final long FAR_MILLIS = 10_000_000_000_000L;

    private TypedColumns() {}

    static ColumnReader of(String type) {
        if (type.endsWith(ARRAY)) {
            ColumnReader element = of(type.substring(0, type.length() - ARRAY.length()));
            return sent -> list((List<?>) sent, element);
        }
        if (type.equals("bit") || type.equals("bit varying")) {
            return TypedColumns::bits;
        }
        return BINARY.contains(type) ? TypedColumns::bytes : of(TypedText.kind(type));
    }

    private static ColumnReader of(ColumnKind kind) {
        return switch (kind) {
            case BOOLEAN -> sent -> (Boolean) sent;
            case INTEGER -> sent -> ((Number) sent).longValue();
            case DOUBLE -> sent -> Double.valueOf(sent.toString());
            case BYTES -> TypedColumns::bytes;
            case DECIMAL, MONEY -> SentDecimal::of;
            case UUID, ZONED_TIME, ZONED_TIMESTAMP -> ColumnReaders.text(kind);
            case JSON -> sent -> JsonColumn.read((String) sent);
            case DATE ->
                sent -> sent instanceof Number days ? SentTime.date(days.longValue()) : SentTime.date((String) sent);
            case TIME ->
                sent -> sent instanceof Number number
                        ? SentTime.time(micros(number, MILLIS_OF_DAY), TimeUnit.MICROSECONDS)
                        : SentTime.time((String) sent);
            case TIMESTAMP ->
                sent -> sent instanceof Number number
                        ? SentTime.timestamp(micros(number, FAR_MILLIS), TimeUnit.MICROSECONDS)
                        : SentTime.timestamp((String) sent);
            case INTERVAL ->
                sent -> sent instanceof Number micros
                        ? SentTime.interval(micros.longValue(), TimeUnit.MICROSECONDS)
                        : SentTime.interval((String) sent);
            case HSTORE -> TypedColumns::hstore;
            case TEXT -> TypedColumns::text;
        };
    }

    /** @param most what milliseconds may be */
    private static long micros(Number sent, long most) {
        long count = sent.longValue();
        if (count != 0 && Math.abs(count) <= most) {
            throw new UnreadableException("it counts milliseconds or microseconds, and nothing says which; "
                    + "set time.precision.mode=isostring, or value.converter.schemas.enable=true");
        }
        return count;
    }

    /** What Debezium does not know comes as the bytes of its text, under {@code include.unknown.datatypes}. */
    private static @Nullable Object text(Object sent) {
        return switch (sent) {
            case byte[] bytes -> new String(bytes, StandardCharsets.UTF_8);
            case ByteBuffer bytes ->
                StandardCharsets.UTF_8.decode(bytes.duplicate()).toString();
            default -> PlainValue.of(sent);
        };
    }

    private static Object bytes(Object sent) {
        return switch (sent) {
            case String text ->
                ByteBuffer.wrap(Base64.getDecoder()
                                .decode(text.replace('-', '+').replace('_', '/')))
                        .asReadOnlyBuffer();
            case byte[] bytes -> PlainValue.bytes(ByteBuffer.wrap(bytes));
            default -> PlainValue.bytes((ByteBuffer) sent);
        };
    }

    /** One bit is sent as a truth. */
    private static Object bits(Object sent) {
        if (sent instanceof Boolean one) {
            return one ? "1" : "0";
        }
        throw new UnreadableException(
                "its bits were sent without their number; set value.converter.schemas.enable=true");
    }

    /** A map, or JSON of one. */
    private static @Nullable Object hstore(Object sent) {
        return PlainValue.of(sent instanceof String json ? JsonColumn.read(json) : sent);
    }

    private static List<@Nullable Object> list(List<?> sent, ColumnReader element) {
        List<@Nullable Object> list = new ArrayList<>(sent.size());
        for (Object each : sent) {
            list.add(each == null ? null : element.read(each));
        }
        return list;
    }
}
