package dev.freshet.pipeline;

import dev.freshet.change.Change;
import dev.freshet.change.TableId;
import dev.freshet.change.Transactions;
import dev.freshet.change.Version;
import dev.freshet.checkpoint.Checkpoint;
import dev.freshet.checkpoint.TableForm;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Changes in delivery order, and how far the work is done once all of them, and all before them, are applied.
 *
 * @param changes may be empty: a heartbeat moves the checkpoint alone
 * @param transactions that made the changes; none for a snapshot's, whom everybody sees
 * @param reached every change of an older version has come with it, or before it
 * @param checkpoint what to store when this batch is done
 * @param isReading whether more rows come that were there before: of a snapshot, or of tables that were altered. Until all of
 *     them are there, no entry can be taken for one without a row
 * @param forms of the tables, where those that are stored are to be replaced: whatever that asks for stands in the log, or
 *     comes with this source
 * @param bytes about how much memory the changes take
 */
public record Batch(
        List<Change> changes,
        Transactions transactions,
        Version reached,
        Checkpoint checkpoint,
        boolean isReading,
        Optional<Map<TableId, TableForm>> forms,
        long bytes) {
    /** The same with fewer changes. */
    Batch with(List<Change> some) {
        return new Batch(some, transactions, reached, checkpoint, isReading, forms, bytes);
    }
}
