package dev.freshet.change;

import java.time.Instant;
import java.util.Optional;

/** One change of one row, or of a whole table, as the database committed it. */
public sealed interface Change {
    TableId table();

    Version version();

    /** When the transaction committed, by the database's clock; for a snapshot, when the row was read. */
    Instant committedAt();

    /** Whether the database's log tells it, and so tells it again; else the source itself found it out. */
    default boolean isOfLog() {
        return switch (this) {
            case Insert insert -> true;
            case Update update -> true;
            case Delete delete -> true;
            case Truncate truncate -> true;
            case Snapshot snapshot -> false;
            case Altered altered -> false;
        };
    }

    /** The row, as it is named behind the change; empty where it is of a whole table. */
    default Optional<RowId> ofRow() {
        return switch (this) {
            case Insert insert -> Optional.of(insert.row());
            case Update update -> Optional.of(update.row());
            case Delete delete -> Optional.of(delete.row());
            case Snapshot snapshot -> Optional.of(snapshot.row());
            case Truncate truncate -> Optional.empty();
            case Altered altered -> Optional.empty();
        };
    }

    record Insert(TableId table, RowId row, Version version, Instant committedAt, Row after) implements Change {}

    /**
     * {@code before} has {@link Unknown#VALUE} where the replica identity does not cover a column; {@code rowBefore} is what
     * the row was known by until now, which differs from {@code row} where its key changed.
     */
    record Update(
            TableId table, RowId rowBefore, RowId row, Version version, Instant committedAt, Row before, Row after)
            implements Change {}

    /** {@code before} has {@link Unknown#VALUE} where the replica identity does not cover a column. */
    record Delete(TableId table, RowId row, Version version, Instant committedAt, Row before) implements Change {}

    /** A row as it stood when a snapshot read it; nothing is known of what came before. */
    record Snapshot(TableId table, RowId row, Version version, Instant committedAt, Row after) implements Change {}

    /** Every row of the table is gone. */
    record Truncate(TableId table, Version version, Instant committedAt) implements Change {}

    /**
     * Rows of the table are other ones than before, and no change of theirs says so: a column was added with a default, a
     * partition was dropped, the publication left the table out for a while. Those that are there now come behind it as
     * {@link Snapshot}.
     *
     * @param rowsMayBeGone whether rows may have had other keys before, or may be gone
     */
    record Altered(TableId table, Version version, Instant committedAt, boolean rowsMayBeGone) implements Change {}
}
