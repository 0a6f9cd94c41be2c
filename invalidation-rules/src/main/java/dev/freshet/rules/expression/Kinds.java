package dev.freshet.rules.expression;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What kinds of values are called in messages, which show no value. */
final class Kinds {
    private Kinds() {}

    static String name(Object value) {
        return switch (value) {
            case Boolean ignored -> "a boolean";
            case Long ignored -> "an integer";
            case BigDecimal ignored -> "a decimal";
            case Double ignored -> "a double";
            case String ignored -> "text";
            case ByteBuffer ignored -> "bytes";
            case UUID ignored -> "a UUID";
            case LocalDate ignored -> "a date";
            case LocalTime ignored -> "a time of day";
            case LocalDateTime ignored -> "a timestamp without zone";
            case Instant ignored -> "a timestamp";
            case List<?> ignored -> "a list";
            case Map<?, ?> ignored -> "a map";
            default ->
                throw new IllegalStateException(
                        "a row holds no " + value.getClass().getName());
        };
    }
}
