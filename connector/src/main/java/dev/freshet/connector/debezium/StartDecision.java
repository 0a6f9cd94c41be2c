package dev.freshet.connector.debezium;

import dev.freshet.checkpoint.Basis;
import dev.freshet.checkpoint.Checkpoint;
import dev.freshet.connector.schema.Comparison;
import java.util.Optional;
import java.util.OptionalLong;
import org.postgresql.replication.LogSequenceNumber;

/**
 * From where a source begins: the check before start. Debezium alone does not notice a slot that was moved, made anew, or
 * belongs to a restored database; it starts, and what lay between is lost without a word.
 */
sealed interface StartDecision {
    /** Go on from the checkpoint: nothing can be missing. */
    record Resume(DebeziumOffset offset, int epoch) implements StartDecision {}

    /** Nothing was ever read here. */
    record First() implements StartDecision {}

    /** Changes may have been missed, or nobody knows. */
    record Gap(String reason) implements StartDecision {}

    /** Somebody asked for everything to be read again. */
    record Asked() implements StartDecision {}

    /** Nothing was missed, but what the cache holds was made by other rules. */
    record OtherRules() implements StartDecision {}

    /** Nothing was missed, but what the cache holds was made of other tables. */
    record OtherTables(String reason) implements StartDecision {}

    /** {@code asked}: somebody wants everything to be read again, which answers a gap too, also one that would stop. */
    static StartDecision of(
            Optional<Checkpoint> checkpoint,
            boolean asked,
            Basis basis,
            boolean isAllPublished,
            Comparison schemas,
            ServerState server) {
        if (checkpoint.isEmpty() && server.slot().isEmpty()) {
            return new First();
        }
        if (asked) {
            return new Asked();
        }
        if (checkpoint.isEmpty()) {
            return new Gap("the replication slot is there but the checkpoint is not: the cache lost its memory");
        }
        Checkpoint last = checkpoint.get();
        if (!last.sourceIdentity().equals(server.identity())) {
            return new Gap("the checkpoint was made on server " + last.sourceIdentity() + ", this is "
                    + server.identity() + ": restored or promoted");
        }
        if (!last.basis().tables().equals(basis.tables())) {
            return new Gap("the publication is another one, or was set to send other things");
        }
        if (schemas.gap().isPresent()) {
            return new Gap(schemas.gap().get());
        }
        if (!isAllPublished) {
            return new Gap("the publication did not send every change of every table that rules follow");
        }
        DebeziumOffset offset = DebeziumOffset.parse(last.position());
        OptionalLong at = offset.lsn();
        if (offset.isInsideSnapshot() || at.isEmpty()) {
            return new Gap("the snapshot was interrupted");
        }
        if (server.slot().isEmpty()) {
            return new Gap("the replication slot is gone");
        }
        ServerState.Slot slot = server.slot().get();
        if (slot.lost()) {
            return new Gap("the server removed log that the replication slot needs");
        }
        if (Long.compareUnsigned(slot.confirmed(), at.getAsLong()) > 0) {
            return new Gap("the replication slot stands at " + lsn(slot.confirmed()) + ", ahead of the checkpoint at "
                    + lsn(at.getAsLong()) + ": it was moved or made anew");
        }
        if (Long.compareUnsigned(at.getAsLong(), server.flushed()) > 0) {
            return new Gap("the checkpoint at " + lsn(at.getAsLong()) + " is ahead of the log, which ends at "
                    + lsn(server.flushed()) + ": the database went back");
        }
        if (!last.basis().rules().equals(basis.rules())) {
            return new OtherRules();
        }
        return schemas.anew()
                .<StartDecision>map(OtherTables::new)
                .orElseGet(() -> new Resume(offset, last.sourceEpoch()));
    }

    private static String lsn(long value) {
        return LogSequenceNumber.valueOf(value).asString();
    }
}
