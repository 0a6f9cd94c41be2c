package dev.freshet.connector.debezium;

import dev.freshet.change.Change;
import dev.freshet.change.TableId;
import dev.freshet.pipeline.Batch;
import dev.freshet.pipeline.ChangeSource;
import dev.freshet.servers.DatabaseServer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;

/** A source over one table, read change by change. */
record Changes(ChangeSource source, Queue<Change> taken) implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** {@code name} is the slot's and the publication's. */
    static Changes of(DatabaseServer server, String name, TableId table) throws Exception {
        PostgresSettings settings = new PostgresSettings(
                Sources.address(server),
                name,
                name,
                Set.of(table),
                Set.of(table),
                PostgresSettings.OnGap.RESYNC,
                64,
                64L << 20);
        return new Changes(
                new PostgresSourceOpener(new PostgresDatabase(Sources.address(server)), settings, Clock.systemUTC())
                        .open(Optional.empty()),
                new ArrayDeque<>());
    }

    /** The next change, which must be of this kind. */
    <T extends Change> T next(Class<T> kind) throws Exception {
        Instant deadline = Instant.now().plus(PATIENCE);
        while (taken.isEmpty() && Instant.now().isBefore(deadline)) {
            Optional<Batch> batch = source.take(Duration.ofSeconds(1));
            if (batch.isPresent()) {
                taken.addAll(batch.get().changes());
                source.acknowledge(batch.get().checkpoint());
            }
        }
        if (taken.isEmpty()) {
            throw new AssertionError("no change within " + PATIENCE);
        }
        return kind.cast(taken.remove());
    }

    @Override
    public void close() {
        source.close();
    }
}
