package dev.freshet.connector.debezium;

import dev.freshet.change.Change;
import dev.freshet.change.TableId;
import dev.freshet.pipeline.Batch;
import dev.freshet.pipeline.ChangeSource;
import dev.freshet.servers.DatabaseServer;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;

/** A source over one table, read change by change. */
record Changes(ChangeSource source, Queue<Change> taken) implements AutoCloseable {
    static Changes of(DatabaseServer server, String slot, TableId table) throws Exception {
        PostgresSettings settings = Sources.settings(server, slot, Set.of(table), Set.of(table), 64);
        PostgresDatabase database = new PostgresDatabase(settings.address());
        return new Changes(
                new PostgresSourceOpener(database, settings, Clock.systemUTC()).open(Optional::empty),
                new ArrayDeque<>());
    }

    /** The next change, which must be of this kind. */
    <T extends Change> T next(Class<T> kind) throws Exception {
        while (taken.isEmpty()) {
            Batch batch = Sources.take(source);
            taken.addAll(batch.changes());
            source.acknowledge(batch.checkpoint());
        }
        return kind.cast(taken.remove());
    }

    @Override
    public void close() {
        source.close();
    }
}
