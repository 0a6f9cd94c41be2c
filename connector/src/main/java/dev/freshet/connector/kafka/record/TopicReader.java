package dev.freshet.connector.kafka.record;

import dev.freshet.change.Change;
import dev.freshet.change.Version;
import dev.freshet.rules.catalog.Catalog;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;

/** Reads records of Debezium's topics, each partition's in its order. Used by one thread. */
public final class TopicReader {
    private final int epoch;
    private final Envelopes envelopes = new Envelopes();
    private final PostgresVersions postgres;
    private final Tables tables;

    /**
     * A reader of what one database sends.
     *
     * @param catalog where a table is not in it, records are read by what they say themselves
     * @param epoch the {@link Version#epoch} of all changes; grows when the database's log positions go back
     */
    public TopicReader(Catalog catalog, int epoch) {
        this.epoch = epoch;
        this.postgres = new PostgresVersions(epoch);
        this.tables = new Tables(catalog);
    }

    /** @param record with a value that is a struct, or a map where it was JSON without schemas */
    public Reading read(SinkRecord record) {
        try {
            Optional<Envelope> envelope = envelopes.of(record);
            return envelope.isEmpty() || envelope.get().operation() == Operation.MESSAGE
                    ? new Reading.Nothing()
                    : changed(record, envelope.get());
        } catch (UnreadableRecordException e) {
            return new Reading.Unreadable(e.reason());
        }
    }

    /**
     * Which snapshot a reader that goes on in the middle of a partition has to know. A partition of a topic of PostgreSQL's has one
     * once a row of a first snapshot was read from it, and keeps it.
     */
    public Optional<Floor> floor(TopicPartition partition) {
        return postgres.floor(partition);
    }

    /** Makes a floor known that another reader {@link #floor} has met. */
    public void raise(TopicPartition partition, Floor floor) {
        postgres.raise(partition, floor);
    }

    private Reading changed(SinkRecord record, Envelope envelope) throws UnreadableRecordException {
        Origin origin = Origin.of(envelope);
        Version version = switch (origin.connector()) {
            case POSTGRESQL ->
                postgres.of(
                        new TopicPartition(record.originalTopic(), record.originalKafkaPartition()),
                        record.originalKafkaOffset(),
                        envelope);
            case BINLOG -> BinlogVersions.of(epoch, envelope);
        };
        Change change = tables.change(envelope, origin, version, Structure.of(record.key()));
        OptionalLong transaction = envelope.operation() == Operation.READ ? OptionalLong.empty() : origin.transaction();
        return new Reading.Changed(change, transaction);
    }
}
