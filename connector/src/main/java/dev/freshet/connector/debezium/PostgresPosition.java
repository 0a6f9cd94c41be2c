package dev.freshet.connector.debezium;

import dev.freshet.change.SourcePosition;
import dev.freshet.connector.backfill.Progress;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.postgresql.replication.LogSequenceNumber;

/**
 * What a position of a PostgreSQL source says to people.
 *
 * @param lsn everything before it is done, as the server writes it: 0/1969C40; empty where a snapshot has only begun
 * @param isInsideSnapshot whether the tables are being read
 * @param committedAt the last change before it, by the database's clock
 * @param backfills how far those are that were asked for
 */
public record PostgresPosition(
        Optional<String> lsn, boolean isInsideSnapshot, Optional<Instant> committedAt, Progress backfills) {
    private static final String COMMITTED_AT = "ts_usec";

    /**
     * Reads one.
     *
     * @throws IllegalArgumentException where it is of no PostgreSQL source
     */
    public static PostgresPosition of(SourcePosition position) {
        DebeziumOffset offset = DebeziumOffset.parse(position);
        return new PostgresPosition(
                offset.lsn().isPresent()
                        ? Optional.of(LogSequenceNumber.valueOf(offset.lsn().getAsLong())
                                .asString())
                        : Optional.empty(),
                offset.isInsideSnapshot(),
                offset.fields().get(COMMITTED_AT) instanceof Number micros
                        ? Optional.of(Instant.EPOCH.plus(micros.longValue(), ChronoUnit.MICROS))
                        : Optional.empty(),
                DebeziumOffset.backfills(position));
    }
}
