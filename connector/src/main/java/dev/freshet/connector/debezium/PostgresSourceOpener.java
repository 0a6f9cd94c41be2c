package dev.freshet.connector.debezium;

import dev.freshet.change.Version;
import dev.freshet.checkpoint.Checkpoint;
import dev.freshet.connector.envelope.EnvelopeReader;
import dev.freshet.pipeline.ChangeSource;
import dev.freshet.pipeline.SourceLostException;
import dev.freshet.pipeline.SourceOpener;
import java.time.Clock;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens sources on one PostgreSQL database, each only after the check before start. */
public final class PostgresSourceOpener implements SourceOpener {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresSourceOpener.class);

    private final PostgresDatabase database;
    private final PostgresSettings settings;
    private final Clock clock;

    /** {@code clock} only makes epochs grow where the last one is not known. */
    public PostgresSourceOpener(PostgresDatabase database, PostgresSettings settings, Clock clock) {
        this.database = database;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public ChangeSource open(Optional<Checkpoint> from) throws SourceLostException {
        try {
            SlotHold hold = database.hold(settings.slot());
            try {
                return open(from, hold);
            } catch (SourceLostException | DatabaseUnreachableException | RuntimeException e) {
                hold.close();
                throw e;
            }
        } catch (DatabaseUnreachableException e) {
            throw new SourceLostException(String.valueOf(e.getMessage()), e);
        }
    }

    private ChangeSource open(Optional<Checkpoint> from, SlotHold hold)
            throws SourceLostException, DatabaseUnreachableException {
        ServerState server = database.state(settings.slot());
        Optional<PostgresPrerequisites.Finding> unfit =
                server.slot().flatMap(slot -> PostgresPrerequisites.unfit(settings.slot(), slot, database));
        if (unfit.isPresent()) {
            throw new SourceLostException(unfit.get().toString());
        }
        return switch (StartDecision.of(from, settings.rules(), database.isComplete(publication()), server)) {
            case StartDecision.Resume(DebeziumOffset offset, int epoch) ->
                start(server, Optional.of(offset), epoch, hold);
            case StartDecision.First() -> begin(server, from, hold);
            case StartDecision.Gap(String reason) -> afterGap(server, from, reason, hold);
        };
    }

    private Publication publication() {
        return new Publication(settings.publication(), settings.tables());
    }

    private ChangeSource afterGap(ServerState server, Optional<Checkpoint> from, String reason, SlotHold hold)
            throws SourceLostException, DatabaseUnreachableException {
        LOG.atWarn()
                .addKeyValue("reason", reason)
                .addKeyValue("policy", settings.onGap())
                .log("changes may have been missed");
        return switch (settings.onGap()) {
            case RESYNC -> {
                if (server.slot().isPresent()) {
                    database.dropSlot(settings.slot());
                }
                yield begin(server, from, hold);
            }
            case STOP -> throw new GapException(reason);
        };
    }

    /** With a new slot, whose snapshot and stream fit together without a seam, and an epoch above all written before. */
    private ChangeSource begin(ServerState server, Optional<Checkpoint> from, SlotHold hold)
            throws DatabaseUnreachableException, SourceLostException {
        int now = (int) clock.instant().getEpochSecond();
        int next = from.map(Checkpoint::sourceEpoch).orElse(0) + 1;
        return start(server, Optional.empty(), Integer.compareUnsigned(next, now) > 0 ? next : now, hold);
    }

    private ChangeSource start(ServerState server, Optional<DebeziumOffset> offset, int epoch, SlotHold hold)
            throws DatabaseUnreachableException, SourceLostException {
        database.ensure(publication());
        EnvelopeReader envelopes = new EnvelopeReader(new LiveCatalog(database, database.catalog()));
        Optional<Version> anew = offset.isPresent() ? Optional.empty() : Optional.of(new Version(epoch, 0, 0, 0));
        LOG.atInfo()
                .addKeyValue("slot", settings.slot())
                .addKeyValue("epoch", Integer.toUnsignedString(epoch))
                .addKeyValue("snapshot", anew.isPresent())
                .log("opening the source");
        return new DebeziumSource(
                EngineProperties.of(settings, server.version(), offset),
                envelopes,
                new DebeziumSource.Stamps(server.identity(), epoch, settings.rules()),
                anew,
                database::nextLeaderEpoch,
                hold);
    }
}
