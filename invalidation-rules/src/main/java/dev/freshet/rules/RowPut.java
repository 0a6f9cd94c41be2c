package dev.freshet.rules;

import dev.freshet.rules.expression.Template;
import dev.freshet.rules.expression.ValueShape;
import java.time.Duration;
import java.util.Optional;

/**
 * A row put: an entry that holds what its row says.
 *
 * @param key the entry's name
 * @param form what the entry holds
 * @param ttl how long it lives, before it is spread; empty: until it is removed
 */
public record RowPut(Template key, Form form, Optional<Duration> ttl) {
    /** What a put makes of its row. */
    public sealed interface Form {
        record AsString(Template value) implements Form {}

        record AsJson(ValueShape value) implements Form {}

        /** {@code value} is {@link ValueShape.Columns}, {@link ValueShape.AllColumns} or {@link ValueShape.Members}. */
        record AsHash(ValueShape value) implements Form {}
    }
}
