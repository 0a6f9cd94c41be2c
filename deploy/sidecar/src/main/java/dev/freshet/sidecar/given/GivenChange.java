package dev.freshet.sidecar.given;

import dev.freshet.change.Change;
import dev.freshet.change.Row;
import dev.freshet.change.RowId;
import dev.freshet.change.TableId;
import dev.freshet.change.Version;
import java.time.Instant;
import java.util.Optional;

/** Changes that no log has delivered: their version and their moment mean nothing. */
public final class GivenChange {
    private static final Version VERSION = new Version(0, 0, 0, 0);
    private static final Instant AT = Instant.EPOCH;

    private GivenChange() {}

    /** An insert, an update or a delete, by which rows there are; at least one. */
    public static Change of(RowId id, Optional<Row> before, Optional<Row> after) {
        TableId table = id.table();
        if (before.isPresent() && after.isPresent()) {
            return new Change.Update(table, id, id, VERSION, AT, before.get(), after.get());
        }
        return after.isPresent()
                ? new Change.Insert(table, id, VERSION, AT, after.get())
                : new Change.Delete(table, id, VERSION, AT, before.orElseThrow());
    }

    public static Change update(RowId before, RowId after, Row old, Row now) {
        return new Change.Update(after.table(), before, after, VERSION, AT, old, now);
    }

    public static Change snapshot(RowId id, Row after) {
        return new Change.Snapshot(id.table(), id, VERSION, AT, after);
    }

    public static Change truncate(TableId table) {
        return new Change.Truncate(table, VERSION, AT);
    }
}
