package dev.freshet.connector.kafka.record;

import dev.freshet.change.Change;
import java.util.OptionalLong;

/** What one record says. */
public sealed interface Reading {
    /**
     * A row's change, or a truncate.
     *
     * @param transaction that made it, as the database numbers its transactions; empty for what a snapshot read, and where the
     *     record does not tell
     */
    record Changed(Change change, OptionalLong transaction) implements Reading {}

    /** No change: a tombstone behind a delete, a heartbeat, a transaction's border, a change of a schema, a message. */
    record Nothing() implements Reading {}

    /**
     * Nobody can tell what changed, or in which order.
     *
     * @param reason says what to set at the source's connector; no row value is in it
     */
    record Unreadable(String reason) implements Reading {}
}
