package dev.freshet.connector.backfill;

import dev.freshet.change.TableId;
import java.util.List;

/**
 * A table that is read again, as far as it has come.
 *
 * @param id as it was asked for
 * @param where which rows
 * @param after the key of the last row that was delivered, as texts; empty before the first
 * @param rows how many were read so far
 * @param isPaused whether it waits until somebody has it go on
 * @param isNeeded whether the table was altered: entries that none of its rows backs are swept afterwards, so it is neither
 *     given up nor cancelled nor paused
 */
public record Backfill(
        String id, TableId table, Condition where, List<String> after, long rows, boolean isPaused, boolean isNeeded) {
    public Backfill {
        after = List.copyOf(after);
    }

    /** From the beginning. */
    public Backfill(String id, TableId table, Condition where) {
        this(id, table, where, List.of(), 0, false, false);
    }

    /** From the beginning, of a table that was altered. */
    static Backfill needed(String id, Notice.Read read) {
        return new Backfill(id, read.table(), read.where(), List.of(), 0, false, true);
    }

    Backfill fromTheBeginning() {
        return new Backfill(id, table, where, List.of(), 0, isPaused, isNeeded);
    }

    /** Every row instead, from the beginning. */
    Backfill whole() {
        return new Backfill(id, table, Condition.ALL_ROWS, List.of(), 0, isPaused, isNeeded);
    }

    /** Every row from here on. */
    Backfill ofAllRows() {
        return new Backfill(id, table, Condition.ALL_ROWS, after, rows, isPaused, isNeeded);
    }

    Backfill goneOn(List<String> last, int more) {
        return new Backfill(id, table, where, last, rows + more, isPaused, isNeeded);
    }

    Backfill paused(boolean is) {
        return new Backfill(id, table, where, after, rows, is, isNeeded);
    }
}
