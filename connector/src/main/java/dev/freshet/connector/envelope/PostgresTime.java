package dev.freshet.connector.envelope;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;

/** Dates and times from ISO-8601 and from PostgreSQL's own form of it, in which arrays hold them. */
final class PostgresTime {
    static final String INFINITY = "infinity";
    static final String MINUS_INFINITY = "-infinity";

    private static final String BEFORE_CHRIST = " BC";
    private static final String END_OF_DAY = "24:00:00";
    private static final int SHORT_DATE = "2026-01-31".length();
    private static final DateTimeFormatter WITH_SECONDS = new DateTimeFormatterBuilder()
            .appendPattern("HH:mm:ss")
            .appendFraction(java.time.temporal.ChronoField.NANO_OF_SECOND, 0, 6, true)
            .appendLiteral('Z')
            .toFormatter(java.util.Locale.ROOT);

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
            return Instant.parse(text);
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
        boolean before = text.endsWith(BEFORE_CHRIST);
        String plain = before ? text.substring(0, text.length() - BEFORE_CHRIST.length()) : text;
        int year = plain.indexOf('-', 1);
        if (before) {
            return java.time.Year.of(1 - Integer.parseInt(plain.substring(0, year)))
                                    .getValue()
                            == 0
                    ? "0000" + plain.substring(year)
                    : String.format(java.util.Locale.ROOT, "-%04d", Integer.parseInt(plain.substring(0, year)) - 1)
                            + plain.substring(year);
        }
        return year > SHORT_DATE - 6 && plain.charAt(0) != '+' && plain.charAt(0) != '-' ? "+" + plain : plain;
    }
}
