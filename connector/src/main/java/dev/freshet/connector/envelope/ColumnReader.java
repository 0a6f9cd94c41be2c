package dev.freshet.connector.envelope;

import org.jspecify.annotations.Nullable;

/** Turns the value that Debezium sends for one column into one of those that {@link dev.freshet.change.Row} lists. */
@FunctionalInterface
public interface ColumnReader {
    /** {@code sent} is never null. */
    @Nullable
    Object read(Object sent);
}
