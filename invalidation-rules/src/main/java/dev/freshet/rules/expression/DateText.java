package dev.freshet.rules.expression;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;

/** {@code date(x, "yyyy-MM")}: a date or time in a form of its own, timestamps in UTC, names of months in English. */
record DateText(DateTimeFormatter formatter) implements Node.StrictUnary {
    /** @throws IllegalArgumentException where it is no pattern of {@link DateTimeFormatter} */
    static DateText ofPattern(String pattern) {
        return new DateText(DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH));
    }

    @Override
    public Object apply(Object value) {
        TemporalAccessor moment = switch (value) {
            case LocalDate date -> date;
            case LocalTime time -> time;
            case LocalDateTime timestamp -> timestamp.atOffset(ZoneOffset.UTC);
            case Instant timestamp -> timestamp.atOffset(ZoneOffset.UTC);
            default -> throw new EvaluationException("date() takes a date or a time, not " + Kinds.name(value));
        };
        try {
            return formatter.format(moment);
        } catch (DateTimeException e) {
            throw new EvaluationException("date() asks for a part that " + Kinds.name(value) + " does not have");
        }
    }
}
