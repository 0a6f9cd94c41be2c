package dev.freshet.connector.envelope;

import java.math.BigDecimal;
import org.postgresql.util.PGInterval;

/** ISO-8601 as PostgreSQL writes it under {@code intervalstyle = iso_8601}: {@code P1Y2M3DT4H5M6.789S}. */
public final class IntervalText {
    private static final int MICROS = 1_000_000;

    private IntervalText() {}

    public static String of(PGInterval interval) {
        StringBuilder date = new StringBuilder("P");
        part(date, interval.getYears(), 'Y');
        part(date, interval.getMonths(), 'M');
        part(date, interval.getDays(), 'D');
        StringBuilder time = new StringBuilder("T");
        part(time, interval.getHours(), 'H');
        part(time, interval.getMinutes(), 'M');
        seconds(time, interval.getWholeSeconds() * (long) MICROS + interval.getMicroSeconds());
        if (time.length() > 1) {
            date.append(time);
        }
        return date.length() > 1 ? date.toString() : "PT0S";
    }

    private static void part(StringBuilder out, int count, char unit) {
        if (count != 0) {
            out.append(count).append(unit);
        }
    }

    private static void seconds(StringBuilder out, long micros) {
        if (micros != 0) {
            out.append(BigDecimal.valueOf(micros, 6).stripTrailingZeros().toPlainString())
                    .append('S');
        }
    }
}
