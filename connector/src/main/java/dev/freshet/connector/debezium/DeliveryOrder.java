package dev.freshet.connector.debezium;

import dev.freshet.change.Version;
import java.util.Map;

/**
 * Gives every change of one source its {@link Version}.
 *
 * <p>Changes that share an LSN (the rows of one COPY, the delete and create of a key update, the tables of one truncate) are
 * told apart by their ordinal within it. An LSN belongs to one transaction and a source always begins at a transaction's
 * start, so a new source counts the same. Rows of a snapshot come before everything that is streamed after it, whatever
 * their LSN, and after the epoch's beginning. Used by one thread.
 */
final class DeliveryOrder {
    private final int epoch;
    private long position;
    private int ordinal;

    DeliveryOrder(int epoch) {
        this.epoch = epoch;
    }

    /** The version of the next change, which has this offset. */
    Version next(Map<String, ?> offset) {
        long lsn = offset.containsKey("snapshot") ? 0 : number(offset, "lsn");
        long commit = number(offset, "lsn_commit");
        ordinal = lsn == position ? ordinal + 1 : 0;
        position = lsn;
        return new Version(epoch, lsn == 0 ? 0 : commit, lsn, ordinal);
    }

    private static long number(Map<String, ?> offset, String field) {
        return offset.get(field) instanceof Number number ? number.longValue() : 0;
    }
}
