package dev.freshet.rules.expression;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.time.temporal.Temporal;
import java.util.Optional;

/** Text that stands beside a date or a time, as literals do in SQL. */
final class Temporals {
    private static final int DATE_LENGTH = "2026-01-31".length();

    private Temporals() {}

    /** {@code text} in ISO-8601 as the kind of value that {@code like} is; a date stands for its first moment in UTC. */
    static Optional<Temporal> parse(String text, Temporal like) {
        boolean dateOnly = text.length() == DATE_LENGTH;
        try {
            return switch (like) {
                case LocalDate ignored -> Optional.of(LocalDate.parse(text));
                case LocalTime ignored -> Optional.of(LocalTime.parse(text));
                case LocalDateTime ignored
                when dateOnly -> Optional.of(LocalDate.parse(text).atStartOfDay());
                case LocalDateTime ignored -> Optional.of(LocalDateTime.parse(text));
                case Instant ignored
                when dateOnly ->
                    Optional.of(
                            LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant());
                case Instant ignored -> Optional.of(Instant.parse(text));
                default -> Optional.empty();
            };
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
