package dev.freshet.plan;

import dev.freshet.change.NoSuchColumnException;
import dev.freshet.change.Row;
import dev.freshet.change.RowId;
import dev.freshet.rules.expression.EvaluationException;
import dev.freshet.rules.expression.ReadColumns;
import dev.freshet.rules.expression.Scope;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a change that count for one rule: those that its {@code where} lets in. An old row of which {@code where} cannot
 * be told counts, but it may have had no entry, so the new one is then written whatever changed.
 *
 * @param oldId what the row was known by: whatever it wrote before this change, it wrote under this
 * @param nowId what it is known by
 */
record Rows(
        @Nullable Scope old, boolean oldIsCertain, @Nullable Scope now, RowId oldId, RowId nowId) {
    /** The old row, the new one or both, each with a row that a query found for it. */
    Rows with(boolean isOld, boolean isNow, Row found) {
        return new Rows(
                isOld && old != null ? old.with(found) : null,
                oldIsCertain,
                isNow && now != null ? now.with(found) : null,
                oldId,
                nowId);
    }

    /** Whether nothing changed that a put reads, and what it wrote before still stands. */
    boolean leave(TableRule rule, BoundPut put) {
        return oldIsCertain && oldId.equals(nowId) && agree(rule, put.columns());
    }

    /** Whether both rows count, and what is made of these columns is the same for both. */
    boolean agree(TableRule rule, ReadColumns columns) {
        return old != null && now != null && !differ(rule, columns, old.row(), now.row());
    }

    private static boolean differ(TableRule rule, ReadColumns columns, Row before, Row after) {
        try {
            return rule.differs(columns, before, after);
        } catch (EvaluationException | NoSuchColumnException e) {
            return true;
        }
    }
}
