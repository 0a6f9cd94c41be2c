package dev.freshet.connector.envelope;

import io.debezium.connector.postgresql.PostgresValueConverter;
import io.debezium.connector.postgresql.UnchangedToastedReplicationMessageColumn;
import io.debezium.data.SpecialValueDecimal;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.sql.Date;
import java.sql.SQLException;
import java.sql.SQLXML;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZoneOffset;
import java.util.Calendar;
import java.util.GregorianCalendar;
import java.util.Map;
import java.util.Optional;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGStatement;
import org.postgresql.jdbc.PgArray;
import org.postgresql.util.HStoreConverter;
import org.postgresql.util.PGInterval;
import org.postgresql.util.PGmoney;
import org.postgresql.util.PGobject;

/**
 * What a column sends, of what Debezium's decoder took from the log or the driver from a query. Both give one text for one
 * value, though not by the same classes. {@link ColumnReaders} makes values of it when a rule asks.
 */
final class SentValue {
    private static final int MONEY_SCALE = 2;

    private SentValue() {}

    /** Never throws for a value that goes as text: a {@link Marker} then says why there is none. */
    static Object of(ColumnType type, Object given) {
        boolean notSent = UnchangedToastedReplicationMessageColumn.isUnchangedToastedValue(given);
        if (type.shape() != ColumnType.Shape.SCALAR) {
            return notSent ? Marker.NOT_SENT : array(given);
        }
        return switch (type.kind()) {
            case BOOLEAN -> given;
            case INTEGER -> ((Number) given).longValue();
            case DOUBLE -> given instanceof Float ? Double.valueOf(given.toString()) : ((Number) given).doubleValue();
            case BYTES -> notSent ? Marker.notSentBytes() : bytes(given);
            default -> notSent ? Marker.NOT_SENT : text(type.kind(), given);
        };
    }

    private static ByteBuffer bytes(Object given) {
        return given instanceof byte[] array ? ByteBuffer.wrap(array) : (ByteBuffer) given;
    }

    /** As the database wrote it: the driver's own elements have no NaN and no part of a second. */
    private static String array(Object given) {
        return given instanceof PgArray || given instanceof String
                ? given.toString()
                : Marker.unreadable("the array was sent as " + given.getClass().getSimpleName());
    }

    private static String text(ColumnKind kind, Object given) {
        try {
            return switch (kind) {
                case BOOLEAN, INTEGER, DOUBLE, BYTES ->
                    throw new IllegalArgumentException(kind + " is not sent as text");
                case DECIMAL -> decimal(given);
                case MONEY -> money(given);
                case DATE -> date(given);
                case TIMESTAMP -> timestamp(given);
                case ZONED_TIMESTAMP -> zonedTimestamp(given);
                case INTERVAL -> given instanceof PGInterval interval ? IntervalText.of(interval) : given.toString();
                case HSTORE -> given instanceof Map<?, ?> map ? HStoreConverter.toString(map) : given.toString();
                case TIME, UUID, JSON, TEXT -> plain(given);
                case ZONED_TIME -> given instanceof OffsetTime time ? zonedTime(time) : given.toString();
            };
        } catch (SQLException | RuntimeException e) {
            return Marker.unreadable("the database sent something that is no " + kind);
        }
    }

    private static String plain(Object given) throws SQLException {
        return switch (given) {
            case SQLXML xml -> xml.getString();
            case PGobject object -> GeometryText.of(object);
            case BigDecimal decimal -> decimal.toPlainString();
            default -> given.toString();
        };
    }

    private static String decimal(Object given) {
        if (given instanceof SpecialValueDecimal special) {
            Optional<BigDecimal> decimal = special.getDecimalValue();
            return decimal.isPresent() ? decimal.get().toPlainString() : Double.toString(special.toDouble());
        }
        return given instanceof BigDecimal decimal ? decimal.toPlainString() : given.toString();
    }

    /** A number, or the text of the server's locale, of which the driver wants debts in parentheses. */
    private static String money(Object given) throws SQLException {
        BigDecimal amount = switch (given) {
            case BigDecimal decimal -> decimal;
            case String text
            when text.startsWith("-") -> BigDecimal.valueOf(new PGmoney("(" + text.substring(1) + ")").val);
            case String text -> BigDecimal.valueOf(new PGmoney(text).val);
            default -> new BigDecimal(given.toString());
        };
        return amount.setScale(Math.max(MONEY_SCALE, amount.scale())).toPlainString();
    }

    private static String date(Object given) {
        if (given instanceof Date date) {
            String infinity = infinity(date.getTime());
            return infinity == null
                    ? local(date.getTime(), TimeZone.getDefault()).toLocalDate().toString()
                    : infinity;
        }
        if (given.equals(PostgresValueConverter.POSITIVE_INFINITY_LOCAL_DATE)) {
            return PostgresTime.INFINITY;
        }
        return given.equals(PostgresValueConverter.NEGATIVE_INFINITY_LOCAL_DATE)
                ? PostgresTime.MINUS_INFINITY
                : given instanceof LocalDate
                        ? given.toString()
                        : LocalDate.parse(given.toString()).toString();
    }

    private static String timestamp(Object given) {
        if (given instanceof Timestamp timestamp) {
            String infinity = infinity(timestamp.getTime());
            return infinity == null
                    ? local(timestamp.getTime(), TimeZone.getDefault())
                            .withNano(timestamp.getNanos())
                            .toString()
                    : infinity;
        }
        if (given.equals(PostgresValueConverter.POSITIVE_INFINITY_INSTANT)) {
            return PostgresTime.INFINITY;
        }
        if (given.equals(PostgresValueConverter.NEGATIVE_INFINITY_INSTANT)) {
            return PostgresTime.MINUS_INFINITY;
        }
        return given instanceof Instant instant
                ? LocalDateTime.ofInstant(instant, ZoneOffset.UTC).toString()
                : given.toString();
    }

    private static String zonedTimestamp(Object given) {
        if (given instanceof Timestamp timestamp) {
            String infinity = infinity(timestamp.getTime());
            return infinity == null
                    ? local(timestamp.getTime(), TimeZone.getTimeZone(ZoneOffset.UTC))
                            .withNano(timestamp.getNanos())
                            .toInstant(ZoneOffset.UTC)
                            .toString()
                    : infinity;
        }
        if (given.equals(PostgresValueConverter.POSITIVE_INFINITY_OFFSET_DATE_TIME)) {
            return PostgresTime.INFINITY;
        }
        if (given.equals(PostgresValueConverter.NEGATIVE_INFINITY_OFFSET_DATE_TIME)) {
            return PostgresTime.MINUS_INFINITY;
        }
        return given instanceof OffsetDateTime moment ? moment.toInstant().toString() : given.toString();
    }

    private static String zonedTime(OffsetTime time) {
        return LocalTime.from(time.withOffsetSameInstant(ZoneOffset.UTC)) + "Z";
    }

    private static @Nullable String infinity(long millis) {
        if (millis == PGStatement.DATE_POSITIVE_INFINITY) {
            return PostgresTime.INFINITY;
        }
        return millis == PGStatement.DATE_NEGATIVE_INFINITY ? PostgresTime.MINUS_INFINITY : null;
    }

    /** The driver counts by the Julian calendar before 1582, and PostgreSQL does not: only the fields are right. */
    private static LocalDateTime local(long millis, TimeZone zone) {
        Calendar fields = new GregorianCalendar(zone);
        fields.setTimeInMillis(millis);
        int year = fields.get(Calendar.YEAR);
        return LocalDateTime.of(
                fields.get(Calendar.ERA) == GregorianCalendar.BC ? 1 - year : year,
                fields.get(Calendar.MONTH) + 1,
                fields.get(Calendar.DAY_OF_MONTH),
                fields.get(Calendar.HOUR_OF_DAY),
                fields.get(Calendar.MINUTE),
                fields.get(Calendar.SECOND));
    }
}
