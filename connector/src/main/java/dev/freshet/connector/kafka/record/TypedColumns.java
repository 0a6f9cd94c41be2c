package dev.freshet.connector.kafka.record;

import dev.freshet.connector.envelope.ColumnKind;
import dev.freshet.connector.envelope.ColumnReader;
import dev.freshet.connector.envelope.ColumnReaders;
import dev.freshet.connector.envelope.JsonColumn;
import dev.freshet.connector.envelope.TypedText;
import dev.freshet.connector.envelope.UnreadableException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Reads values that do not say what they are, by the type that the catalogue gives their column, as PostgreSQL spells it.
 *
 * <p>A number in a column of times or timestamps is one of microseconds. That is what Debezium sends by default for a
 * precision above 3, and under {@code time.precision.mode=microseconds} for any; the catalogue does not have the precision.
 */
final class TypedColumns {
    private static final String ARRAY = "[]";

    private TypedColumns() {}

    static ColumnReader of(String type) {
        if (type.endsWith(ARRAY)) {
            ColumnReader element = of(type.substring(0, type.length() - ARRAY.length()));
            return sent -> list((List<?>) sent, element);
        }
        if (type.equals("bit") || type.equals("bit varying")) {
            return TypedColumns::bits;
        }
        return of(TypedText.kind(type));
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
                sent -> sent instanceof Number micros
                        ? SentTime.time(micros.longValue(), TimeUnit.MICROSECONDS)
                        : SentTime.time((String) sent);
            case TIMESTAMP ->
                sent -> sent instanceof Number micros
                        ? SentTime.timestamp(micros.longValue(), TimeUnit.MICROSECONDS)
                        : SentTime.timestamp((String) sent);
            case INTERVAL ->
                sent -> sent instanceof Number micros
                        ? SentTime.interval(micros.longValue(), TimeUnit.MICROSECONDS)
                        : SentTime.interval((String) sent);
            case HSTORE -> TypedColumns::hstore;
            case TEXT -> PlainValue::of;
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
