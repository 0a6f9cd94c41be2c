package dev.freshet.connector.kafka.record;

import dev.freshet.connector.envelope.IntervalText;
import dev.freshet.connector.envelope.UnreadableException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.postgresql.util.PGInterval;

/** Dates and times as Debezium sends them: numbers of some unit, or ISO-8601. Infinite ones are text, as everywhere. */
final class SentTime {
    /** What Debezium's numbers of days make of PostgreSQL's infinite dates. */
    static final LocalDate INFINITE_DATE = LocalDate.parse("-5877611-06-21");

    static final LocalDate MINUS_INFINITE_DATE = LocalDate.parse("-5877611-06-22");

    /** The driver's milliseconds of infinite timestamps, which Debezium takes for microseconds. */
    static final long INFINITE_MICROS = 9_223_372_036_825_200_000L;

    static final long MINUS_INFINITE_MICROS = -9_223_372_036_832_400_000L;

    private static final String INFINITY = "infinity";
    private static final String MINUS_INFINITY = "-infinity";
    private static final Pattern INTERVAL = Pattern.compile("P(-?\\d+[YMD]){0,3}(T(-?\\d+(\\.\\d+)?[HMS]){1,3})?");
    private static final long DAY = TimeUnit.DAYS.toNanos(1);

    private SentTime() {}

    static Object date(long epochDay) {
        return date(LocalDate.ofEpochDay(epochDay));
    }

    /** With an offset or without. */
    static Object date(String iso) {
        return isInfinite(iso) ? iso : date(LocalDate.parse(iso, DateTimeFormatter.ISO_DATE));
    }

    private static Object date(LocalDate date) {
        if (date.equals(INFINITE_DATE)) {
            return INFINITY;
        }
        return date.equals(MINUS_INFINITE_DATE) ? MINUS_INFINITY : date;
    }

    /** The end of a day stays text, and so does what is longer or negative, as MySQL's times may be. */
    static Object time(long count, TimeUnit unit) {
        long nanos = unit.toNanos(count);
        return nanos >= 0 && nanos < DAY ? LocalTime.ofNanoOfDay(nanos) : clock(nanos);
    }

    /** With an offset or without. */
    static Object time(String iso) {
        return iso.startsWith("24:") ? "24:00:00" : LocalTime.parse(iso, DateTimeFormatter.ISO_TIME);
    }

    private static String clock(long nanos) {
        Duration time = Duration.ofNanos(nanos).abs();
        String fraction = time.toNanosPart() == 0
                ? ""
                : "." + String.format(Locale.ROOT, "%09d", time.toNanosPart()).replaceAll("0+$", "");
        return String.format(
                Locale.ROOT,
                "%s%02d:%02d:%02d%s",
                nanos < 0 ? "-" : "",
                time.toHours(),
                time.toMinutesPart(),
                time.toSecondsPart(),
                fraction);
    }

    /** Without zone. */
    static Object timestamp(long count, TimeUnit unit) {
        if (isEnd(count, INFINITE_MICROS, unit)) {
            return INFINITY;
        }
        if (isEnd(count, MINUS_INFINITE_MICROS, unit)) {
            return MINUS_INFINITY;
        }
        long perSecond = unit.convert(1, TimeUnit.SECONDS);
        return LocalDateTime.ofEpochSecond(
                Math.floorDiv(count, perSecond), (int) unit.toNanos(Math.floorMod(count, perSecond)), ZoneOffset.UTC);
    }

    /** The end of a count of nanoseconds is that of a long. */
    private static boolean isEnd(long count, long micros, TimeUnit unit) {
        return count == unit.convert(micros, TimeUnit.MICROSECONDS);
    }

    /** With an offset or without. */
    static Object timestamp(String iso) {
        return isInfinite(iso) ? iso : LocalDateTime.parse(iso.replace(' ', 'T'), DateTimeFormatter.ISO_DATE_TIME);
    }

    private static boolean isInfinite(String text) {
        return text.equals(INFINITY) || text.equals(MINUS_INFINITY);
    }

    /** Debezium has made days of the months. */
    static String interval(long count, TimeUnit unit) {
        return Duration.of(count, unit.toChronoUnit()).toString();
    }

    /** Without the parts that are zero. */
    static String interval(String iso) {
        if (!INTERVAL.matcher(iso).matches()) {
            throw new UnreadableException("it is no interval of ISO-8601");
        }
        try {
            return IntervalText.of(new PGInterval(iso));
        } catch (SQLException e) {
            throw new UnreadableException("it is an interval that the driver does not read");
        }
    }
}
