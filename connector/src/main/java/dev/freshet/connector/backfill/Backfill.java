package dev.freshet.connector.backfill;

import dev.freshet.change.TableId;
import java.util.List;

/**
 * A table that is read again, as far as it has come.
 *
 * @param id as it was asked for
 * @param where which rows, as SQL; empty for all
 * @param after the key of the last row that was delivered, as texts; empty before the first
 * @param rows how many were read so far
 */
public record Backfill(String id, TableId table, String where, List<String> after, long rows) {
    public Backfill {
        after = List.copyOf(after);
    }

    /** From the beginning. */
    public Backfill(String id, TableId table, String where) {
        this(id, table, where, List.of(), 0);
    }

    Backfill fromTheBeginning() {
        return new Backfill(id, table, where);
    }

    Backfill goneOn(List<String> last, int more) {
        return new Backfill(id, table, where, last, rows + more);
    }
}
