package dev.freshet.connector.envelope;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Locale;

/** Dates and times from ISO-8601 and from PostgreSQL's own form of it, in which arrays hold them. */
final class PostgresTime {
    static final String INFINITY = "infinity";
    static final String MINUS_INFINITY = "-infinity";

    private static final String BEFORE_CHRIST = " BC";
    private static final String END_OF_DAY = "24:00:00";
    private static final int YEAR_DIGITS = 4;
    private static final DateTimeFormatter WITH_SECONDS = new DateTimeFormatterBuilder()
            .appendPattern("HH:mm:ss")
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 6, true)
            .appendLiteral('Z')
            .toFormatter(Locale.ROOT);

    private PostgresTime() {}

    static boolean isInfinite(String text) {
        return text.equals(INFINITY) || text.equals(MINUS_INFINITY);
    }

    static Object date(String text) {
        return isInfinite(text) ? text : LocalDate.parse(iso(text));
    }

    /** The end of a day, which is not the beginning of one, stays text. */
    static Object time(String text) {
        return text.equals(END_OF_DAY) ? text : LocalTime.parse(text);
    }

    static Object timestamp(String text) {
        return isInfinite(text) ? text : LocalDateTime.parse(iso(text).replace(' ', 'T'));
    }

    static Object zonedTimestamp(String text) {
        if (isInfinite(text)) {
            return text;
        }
        if (text.endsWith("Z")) {
            Instant usual = IsoInstant.read(text);
            return usual == null ? Instant.parse(text) : usual;
        }
        String iso = iso(text).replace(' ', 'T');
        int offset = Math.max(iso.lastIndexOf('+'), iso.lastIndexOf('-'));
        return LocalDateTime.parse(iso.substring(0, offset)).toInstant(ZoneOffset.of(iso.substring(offset)));
    }

    /** UTC, as text. The end of a day is the beginning of one here: the log's decoder tells no difference. */
    static String zonedTime(String text) {
        String begun = text.startsWith("24:") ? "00:" + text.substring(3) : text;
        OffsetTime time;
        if (begun.endsWith("Z")) {
            time = OffsetTime.parse(begun);
        } else {
            int offset = Math.max(begun.lastIndexOf('+'), begun.lastIndexOf('-'));
            time = LocalTime.parse(begun.substring(0, offset)).atOffset(ZoneOffset.of(begun.substring(offset)));
        }
        return WITH_SECONDS.format(time.withOffsetSameInstant(ZoneOffset.UTC));
    }

    /** Years before Christ, and those with more than four digits, which ISO-8601 gives a sign. */
    private static String iso(String text) {
        int year = text.indexOf('-', 1);
        if (text.endsWith(BEFORE_CHRIST)) {
            int before = Integer.parseInt(text.substring(0, year)) - 1;
            String rest = text.substring(year, text.length() - BEFORE_CHRIST.length());
            return (before == 0 ? "" : "-") + String.format(Locale.ROOT, "%04d", before) + rest;
        }
        boolean signed = text.charAt(0) == '+' || text.charAt(0) == '-';
        return year > YEAR_DIGITS && !signed ? "+" + text : text;
    }
}
