package dev.freshet.rules.expression;

import dev.freshet.change.Row;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A change as {@code when} and {@code publish} see it.
 *
 * @param before null where there was no row: a row of NULLs
 * @param after null where there is no row any more
 * @param op {@code insert}, {@code update}, {@code delete}, {@code snapshot} or {@code truncate}
 * @param position of the change, for people and for ordering
 */
public record Event(@Nullable Row before, @Nullable Row after, String op, Instant committedAt, String position) {}
