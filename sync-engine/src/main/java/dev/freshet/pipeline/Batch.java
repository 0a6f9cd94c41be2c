package dev.freshet.pipeline;

import dev.freshet.change.Change;
import dev.freshet.checkpoint.Checkpoint;
import java.util.List;

/**
 * Changes in delivery order, and how far the work is done once all of them, and all before them, are applied.
 *
 * @param changes may be empty: a heartbeat moves the checkpoint alone
 * @param transactions that made the changes; none for a snapshot's, whom everybody sees
 * @param checkpoint what to store when this batch is done
 * @param isOfSnapshot whether there is no going on from this checkpoint, since more of a snapshot comes behind it
 */
public record Batch(List<Change> changes, Transactions transactions, Checkpoint checkpoint, boolean isOfSnapshot) {}
