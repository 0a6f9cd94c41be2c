package dev.freshet.connector.kafka.record;

import dev.freshet.change.Version;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.common.TopicPartition;

/**
 * The place of a PostgreSQL change in the order of delivery, by what its record says and what stands before it in its
 * partition.
 *
 * <p><b>A streamed change</b> is at (commit before, own LSN, ordinal): {@code source.sequence} has both. Before the first
 * commit that a slot delivers there is no commit before, and the changes of that first transaction take their own LSN in
 * its place. They are older than all that follows: what follows has at least the LSN of the first commit, which is greater
 * than those of the changes in it.
 *
 * <p><b>A row that a snapshot read</b> is at (commit before, 0, 0), newer than all transactions that were delivered before,
 * each of which has an earlier commit before it, and older than all that are delivered after. This is so for blocking and
 * for incremental snapshots, which the stream makes room for. An incremental one is given out when its window closes, in the
 * middle of the log: rows that changed inside the window were taken out of it, and others are as of some moment before. Its
 * own LSN is that of the last thing that was read from the log, be it a commit, behind which an interleaved transaction
 * follows with lower LSNs; so it says nothing here. Where the row was read before a transaction that is being delivered,
 * that transaction's changes win, as they must.
 *
 * <p><b>A first snapshot</b> has no commit before, and its LSN in that place: newer than what an earlier slot delivered to
 * the topic, older than all commits that are streamed from there. A transaction that was open while the snapshot was read
 * may have changes with lower LSNs, and be the first one streamed; hence the {@link Floors floor}, below which nothing
 * behind the snapshot falls. More than one transaction is never lifted to it, so that their order is not lost. A reader that
 * begins behind the snapshot, at just that transaction, has to be told the floor, or the snapshot's rows win.
 *
 * <p>A connector that dies within its slot's first transaction begins that one again, with the LSN of a change of it for
 * the commit before. What of the transaction has come along by then is a floor too.
 *
 * <p><b>The ordinal</b> tells changes of one LSN apart: the delete and create of a key update, the rows of one COPY, the tables of one
 * truncate. It is the place within the transaction where the record has it. Otherwise a delete comes before all others, and
 * rows of one COPY share a version.
 */
final class PostgresVersions {
    private static final long MOST = 0xFFFF_FFFFL;

    private final int epoch;
    private final Floors floors = new Floors();

    /** How far first transactions were read. */
    private final Floors begun = new Floors();

    PostgresVersions(int epoch) {
        this.epoch = epoch;
    }

    Optional<Floor> floor(TopicPartition partition) {
        return floors.of(partition);
    }

    void raise(TopicPartition partition, Floor floor) {
        floors.raise(partition, floor);
    }

    Version of(TopicPartition partition, long offset, Envelope envelope) throws UnreadableRecordException {
        PostgresSequence sequence = PostgresSequence.of(envelope.source().get("sequence"));
        boolean snapshot = envelope.operation() == Operation.READ;
        if (sequence.commit().isEmpty()) {
            (snapshot ? floors : begun).raise(partition, new Floor(sequence.own(), offset));
        }
        long commit = later(
                sequence.commit().orElse(sequence.own()),
                later(floors.below(partition, offset), begun.below(partition, offset)));
        return snapshot
                ? new Version(epoch, commit, 0, 0)
                : new Version(epoch, commit, sequence.own(), ordinal(envelope.operation(), envelope.totalOrder()));
    }

    private static long later(long one, long other) {
        return Long.compareUnsigned(one, other) < 0 ? other : one;
    }

    private static int ordinal(Operation operation, OptionalLong totalOrder) {
        if (totalOrder.isPresent()) {
            return (int) Math.min(totalOrder.getAsLong() + 1, MOST);
        }
        return operation == Operation.DELETE ? 1 : 2;
    }
}
