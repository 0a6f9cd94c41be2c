package dev.freshet.connector.backfill;

import dev.freshet.change.Change;
import dev.freshet.change.Row;
import dev.freshet.change.RowId;
import dev.freshet.change.TableId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Rows that were read and wait for their mark, where they are as the log has told of them last. A row that changes meanwhile
 * stays among them: the change itself writes only what it changes.
 */
final class Chunk {
    private static final int MOST_MOVED = 100;

    private final String token;
    private final TableId table;
    private final Map<RowId, Row> rows;
    private final int read;
    private final List<String> last;
    private final boolean isLast;
    private int moved;
    private boolean isBeforeAll;

    /**
     * Of one table.
     *
     * @param last the key of the last row, as texts
     * @param isLast whether no rows come behind these
     */
    Chunk(String token, TableId table, Map<RowId, Row> rows, List<String> last, boolean isLast) {
        this.token = token;
        this.table = table;
        this.rows = new LinkedHashMap<>(rows);
        this.read = rows.size();
        this.last = last;
        this.isLast = isLast;
    }

    /** No rows yet, of a table that is about to be read. */
    static Chunk unread(Backfill of) {
        Chunk chunk = new Chunk("", of.table(), Map.of(), List.of(), false);
        chunk.isBeforeAll = of.after().isEmpty();
        return chunk;
    }

    /** With the rows of another one, where this one does not have them. */
    Chunk with(Chunk before) {
        before.rows.forEach(rows::putIfAbsent);
        moved += before.moved;
        return this;
    }

    /** Whether a row is here that was not read in its turn. */
    boolean hasMoved() {
        return moved > 0;
    }

    /** Whether there are so many that the table is better read anew. */
    boolean hasMovedTooMany() {
        return moved > MOST_MOVED;
    }

    /** Whether it waits for its mark. */
    boolean isRead() {
        return !token.isEmpty();
    }

    String token() {
        return token;
    }

    Map<RowId, Row> rows() {
        return rows;
    }

    /** How many were read. */
    int read() {
        return read;
    }

    List<String> last() {
        return last;
    }

    boolean isLast() {
        return isLast;
    }

    /** Whether a change takes a row to another key, and with that to another place among those that are read in order. */
    static boolean movesARow(Change change) {
        return change instanceof Change.Update update && !update.row().equals(update.rowBefore());
    }

    /** The log tells of a change. One that takes a row to another key may take it past what is still to be read: not
     * where all of it is. */
    void follow(Change change) {
        if (isBeforeAll || !change.table().equals(table)) {
            return;
        }
        switch (change) {
            case Change.Insert insert -> rows.replace(insert.row(), insert.after());
            case Change.Update update -> {
                if (!movesARow(update)) {
                    rows.replace(update.row(), update.after());
                } else {
                    rows.remove(update.rowBefore());
                    rows.put(update.row(), update.after());
                    moved++;
                }
            }
            case Change.Delete delete -> rows.remove(delete.row());
            case Change.Snapshot snapshot -> rows.replace(snapshot.row(), snapshot.after());
            case Change.Truncate truncate -> rows.clear();
            case Change.Altered altered -> {}
        }
    }
}
