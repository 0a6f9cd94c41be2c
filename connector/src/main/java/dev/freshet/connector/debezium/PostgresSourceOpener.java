package dev.freshet.connector.debezium;

import dev.freshet.change.TableId;
import dev.freshet.pipeline.ChangeSource;
import dev.freshet.pipeline.SourceLostException;
import dev.freshet.pipeline.SourceOpener;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens sources on one PostgreSQL database, each only after the check before start. */
public final class PostgresSourceOpener implements SourceOpener {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresSourceOpener.class);

    private final PostgresDatabase database;
    private final PostgresSettings settings;
    private final Clock clock;
    private final SnapshotFetch fetch;
    private volatile @Nullable Grip grip;

    /** {@code clock} only makes epochs grow where the last one is not known. */
    public PostgresSourceOpener(PostgresDatabase database, PostgresSettings settings, Clock clock) {
        this.database = database;
        this.settings = settings;
        this.clock = clock;
        this.fetch = new SnapshotFetch(EngineProperties.share(settings), settings.memory());
    }

    @Override
    public ChangeSource open(LastCheckpoint last) throws SourceLostException, InterruptedException {
        try {
            Grip taken = Grip.on(database.hold(settings.slot(), settings.stalledAfter()));
            grip = taken;
            try {
                return new SourceOpening(database, present(), clock, fetch, taken).open(last);
            } catch (SourceLostException | DatabaseUnreachableException | InterruptedException | RuntimeException e) {
                taken.close();
                throw e;
            }
        } catch (DatabaseUnreachableException e) {
            throw new SourceLostException(String.valueOf(e.getMessage()), e);
        }
    }

    /** What the last source has, or the one that is being opened; empty where this process has the slot not at all. Any thread. */
    Optional<Grip> grip() {
        return Optional.ofNullable(grip).filter(each -> each.hold().isOpen());
    }

    /** Where a table is gone the others are followed all the same, and its entries swept. */
    private PostgresSettings present() throws SourceLostException, DatabaseUnreachableException {
        Set<TableId> there = new TreeSet<>(database.catalog().tables().keySet());
        there.retainAll(settings.tables());
        if (there.isEmpty()) {
            throw new SourceLostException("none of the tables that rules follow is there");
        }
        Set<TableId> gone = new TreeSet<>(settings.tables());
        gone.removeAll(there);
        if (!gone.isEmpty()) {
            LOG.atError()
                    .addKeyValue("tables", gone)
                    .log(
                            "tables that rules follow are gone; the others are followed, and these when they are back, at the next start");
        }
        return settings.of(there);
    }
}
