package dev.freshet.change;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One row image: column values by the column's name in the catalogue (case counts).
 *
 * <p>A value is one of
 *
 * <ul>
 *   <li>{@code null}: SQL's NULL; {@link Unknown#VALUE}: not sent
 *   <li>{@link Boolean}, {@link Long} (every integer type), {@link java.math.BigDecimal} (scale as stored), {@link
 *       Double} (also a numeric NaN or infinity), {@link String} (text, types without one of their own, and infinite dates
 *       and times)
 *   <li>{@link java.nio.ByteBuffer} (read-only, bytes), {@link java.util.UUID}
 *   <li>{@link java.time.LocalDate}, {@link java.time.LocalTime}, {@link java.time.LocalDateTime} (without zone), {@link
 *       java.time.Instant} (with zone)
 *   <li>{@link java.util.List} (arrays, JSON lists) and {@link java.util.Map} with {@link String} keys (JSON objects,
 *       hstore) of such values
 * </ul>
 */
public interface Row {
    /**
     * The value of a column.
     *
     * @throws NoSuchColumnException where the row has no such column
     * @throws RuntimeException the rules' {@code EvaluationException} where the value cannot be read, with column and reason
     */
    @Nullable
    Object get(String column);

    /** All columns, in the table's order. */
    List<String> columns();
}
