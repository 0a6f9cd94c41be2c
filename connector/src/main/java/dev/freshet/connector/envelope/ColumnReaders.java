package dev.freshet.connector.envelope;

import dev.freshet.change.Unknown;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.HStoreConverter;
import org.postgresql.util.PGInterval;

/** Chooses the {@link ColumnReader} of a column. What a reader throws says that the value cannot be read. */
public final class ColumnReaders {
    private static final String HEX = "\\x";

    private ColumnReaders() {}

    static ColumnReader of(ColumnType type) {
        return switch (type.shape()) {
            case SCALAR ->
                switch (type.kind()) {
                    case BOOLEAN, INTEGER, DOUBLE -> sent -> sent;
                    case BYTES -> ColumnReaders::bytes;
                    default -> ofText(text(type.kind()));
                };
            case ARRAY -> ofText(array(type.kind(), ','));
            case BOX_ARRAY -> ofText(array(type.kind(), ';'));
        };
    }

    private static ColumnReader ofText(ColumnReader reader) {
        return sent -> {
            String text = (String) sent;
            if (text.equals(Marker.NOT_SENT)) {
                return Unknown.VALUE;
            }
            Marker.check(text);
            return reader.read(text);
        };
    }

    private static ColumnReader array(ColumnKind kind, char delimiter) {
        ColumnReader element = text(kind);
        return sent -> ArrayText.read((String) sent, delimiter, element);
    }

    private static Object bytes(Object sent) {
        ByteBuffer bytes = sent instanceof byte[] array ? ByteBuffer.wrap(array) : (ByteBuffer) sent;
        return Marker.notSentBytes().equals(bytes) ? Unknown.VALUE : bytes.asReadOnlyBuffer();
    }

    /** Reads a text as {@link SentValue} writes it, or as an array holds it. */
    public static ColumnReader text(ColumnKind kind) {
        return switch (kind) {
            case BOOLEAN -> sent -> sent.equals("t");
            case INTEGER -> sent -> Long.valueOf((String) sent);
            case DOUBLE -> sent -> Double.valueOf((String) sent);
            case BYTES ->
                sent -> ByteBuffer.wrap(HexFormat.of().parseHex((String) sent, HEX.length(), ((String) sent).length()))
                        .asReadOnlyBuffer();
            case DECIMAL -> sent -> decimal((String) sent);
            case MONEY -> sent -> new BigDecimal((String) sent);
            case UUID -> sent -> UUID.fromString((String) sent);
            case JSON -> sent -> JsonColumn.read((String) sent);
            case DATE -> sent -> PostgresTime.date((String) sent);
            case TIME -> sent -> PostgresTime.time((String) sent);
            case ZONED_TIME -> sent -> PostgresTime.zonedTime((String) sent);
            case TIMESTAMP -> sent -> PostgresTime.timestamp((String) sent);
            case ZONED_TIMESTAMP -> sent -> PostgresTime.zonedTimestamp((String) sent);
            case INTERVAL -> sent -> interval((String) sent);
            case HSTORE -> sent -> hstore((String) sent);
            case TEXT -> sent -> sent;
        };
    }

    /** NaN and the infinities are doubles: no decimal can be one. */
    private static Object decimal(String sent) {
        return switch (sent) {
            case "NaN", "Infinity", "-Infinity" -> Double.valueOf(sent);
            default -> new BigDecimal(sent);
        };
    }

    private static Object interval(String sent) {
        if (sent.startsWith("P") || PostgresTime.isInfinite(sent)) {
            return sent;
        }
        try {
            return IntervalText.of(new PGInterval(sent));
        } catch (SQLException e) {
            throw new UnreadableException("it is an interval in a form of its own");
        }
    }

    /** In an order of its own, since the driver keeps none. */
    private static Map<String, @Nullable Object> hstore(String sent) {
        return new TreeMap<>(HStoreConverter.fromString(sent));
    }
}
