package dev.freshet.connector.debezium;

import dev.freshet.change.TableId;
import dev.freshet.checkpoint.Checkpoint;
import dev.freshet.checkpoint.TableForm;
import dev.freshet.pipeline.Batch;
import dev.freshet.pipeline.ChangeSource;
import dev.freshet.pipeline.SourceOpener;
import dev.freshet.plan.Reached;
import dev.freshet.rules.Fingerprint;
import dev.freshet.servers.DatabaseServer;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Settings of sources, over the tables of {@link LogWorkload} where nothing else is said, and what they deliver. */
final class Sources {
    static final Set<TableId> TABLES =
            Set.of(new TableId("public", "a"), new TableId("public", "b"), new TableId("public", "last"));

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private Sources() {}

    static Batch take(ChangeSource source) throws Exception {
        Instant deadline = Instant.now().plus(PATIENCE);
        while (Instant.now().isBefore(deadline)) {
            Optional<Batch> batch = source.take(Duration.ofSeconds(1));
            if (batch.isPresent()) {
                return batch.get();
            }
        }
        throw new AssertionError("no batch within " + PATIENCE);
    }

    static PostgresAddress address(DatabaseServer server) {
        return new PostgresAddress(
                server.host(), server.port(), server.database(), server.superuser(), server.password(), "prefer");
    }

    static PostgresSettings settings(DatabaseServer server, String slot, Set<TableId> snapshotTables, int batch) {
        return settings(server, slot, TABLES, snapshotTables, batch);
    }

    static PostgresSettings settings(
            DatabaseServer server, String slot, Set<TableId> tables, Set<TableId> snapshotTables, int batch) {
        return new PostgresSettings(
                address(server),
                slot,
                "freshet",
                tables,
                snapshotTables,
                new Fingerprint("0f"),
                PostgresSettings.OnGap.RESYNC,
                Duration.ZERO,
                Duration.ofSeconds(1),
                Duration.ofMinutes(1),
                (altered, rowsMayBeGone) -> new Reached(snapshotTables.contains(altered), new TreeSet<>()),
                batch,
                64L << 20);
    }

    /** What is stored of an earlier source. */
    record Last(Optional<Checkpoint> checkpoint, Map<TableId, TableForm> forms) implements SourceOpener.LastCheckpoint {
        static final Last NOTHING = new Last(Optional.empty(), Map.of());

        /** After the first batch of a source that began anew. */
        static Last after(Batch first) {
            return new Last(Optional.of(first.checkpoint()), first.forms().orElseThrow());
        }

        Last at(Checkpoint later) {
            return new Last(Optional.of(later), forms);
        }

        @Override
        public Optional<Checkpoint> load() {
            return checkpoint;
        }
    }
}
