package dev.freshet.connector.debezium;

import dev.freshet.change.Version;
import dev.freshet.checkpoint.Basis;
import dev.freshet.checkpoint.Checkpoint;
import dev.freshet.connector.backfill.Backfills;
import dev.freshet.connector.backfill.Notice;
import dev.freshet.connector.backfill.Progress;
import dev.freshet.connector.envelope.EnvelopeReader;
import dev.freshet.connector.visibility.VisibleOnPrimary;
import dev.freshet.pipeline.ChangeSource;
import dev.freshet.pipeline.SourceLostException;
import dev.freshet.pipeline.SourceOpener;
import dev.freshet.rules.catalog.Catalog;
import java.time.Clock;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens sources on one PostgreSQL database, each only after the check before start. */
public final class PostgresSourceOpener implements SourceOpener {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresSourceOpener.class);

    private final PostgresDatabase database;
    private final PostgresSettings settings;
    private final Clock clock;
    private volatile @Nullable SlotHold held;

    /** {@code clock} only makes epochs grow where the last one is not known. */
    public PostgresSourceOpener(PostgresDatabase database, PostgresSettings settings, Clock clock) {
        this.database = database;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public ChangeSource open(LastCheckpoint last) throws SourceLostException, InterruptedException {
        try {
            SlotHold hold = database.hold(settings.slot());
            held = hold;
            try {
                return open(last.load(), last.isResyncAsked(), hold);
            } catch (SourceLostException | DatabaseUnreachableException | InterruptedException | RuntimeException e) {
                hold.close();
                throw e;
            }
        } catch (DatabaseUnreachableException e) {
            throw new SourceLostException(String.valueOf(e.getMessage()), e);
        }
    }

    /** What the last source has, or the one that is being opened; empty where this process has the slot not at all. Any thread. */
    Optional<SlotHold> hold() {
        return Optional.ofNullable(held).filter(SlotHold::isOpen);
    }

    private ChangeSource open(Optional<Checkpoint> from, boolean asked, SlotHold hold)
            throws SourceLostException, DatabaseUnreachableException {
        ServerState server = database.state(settings.slot());
        Optional<PostgresPrerequisites.Finding> unfit =
                server.slot().flatMap(slot -> PostgresPrerequisites.unfit(settings.slot(), slot, database));
        if (unfit.isPresent()) {
            throw new SourceLostException(unfit.get().toString());
        }
        Opening opening = new Opening(server, database.catalog(), database.marks(publication()), hold);
        return switch (StartDecision.of(from, asked, basis(opening), database.isComplete(publication()), server)) {
            case StartDecision.Resume(DebeziumOffset offset, int epoch) ->
                start(
                        opening,
                        Optional.of(offset),
                        from.map(last -> DebeziumOffset.backfills(last.position()))
                                .orElse(Progress.NONE),
                        epoch);
            case StartDecision.First() -> begin(opening, from);
            case StartDecision.Asked() -> {
                LOG.atInfo().log("a resync was asked for: the cache is built anew");
                yield anew(opening, from);
            }
            case StartDecision.OtherRules() -> {
                LOG.atInfo().log("the rules changed: the cache is built anew");
                yield anew(opening, from);
            }
            case StartDecision.Gap(String reason) -> afterGap(opening, from, reason);
        };
    }

    /** What was found at this opening. */
    private record Opening(ServerState server, Catalog catalog, String publicationsMarks, SlotHold hold) {
        Opening afterThePublicationWasMade(String marks) {
            return new Opening(server, catalog, marks, hold);
        }
    }

    private Basis basis(Opening opening) {
        return new Basis(
                settings.rules(),
                LiveCatalog.fingerprint(opening.catalog(), settings.tables(), opening.publicationsMarks()));
    }

    private Publication publication() {
        return new Publication(settings.publication(), settings.tables());
    }

    private ChangeSource afterGap(Opening opening, Optional<Checkpoint> from, String reason)
            throws SourceLostException, DatabaseUnreachableException {
        LOG.atWarn()
                .addKeyValue("reason", reason)
                .addKeyValue("policy", settings.onGap())
                .log("changes may have been missed");
        return switch (settings.onGap()) {
            case RESYNC -> anew(opening, from);
            case STOP -> throw GapException.chosen(reason);
        };
    }

    private ChangeSource anew(Opening opening, Optional<Checkpoint> from)
            throws SourceLostException, DatabaseUnreachableException {
        if (opening.server().slot().isPresent()) {
            database.dropSlot(settings.slot());
        }
        return begin(opening, from);
    }

    /** With a new slot, whose snapshot and stream fit together without a seam, and an epoch above all written before. */
    private ChangeSource begin(Opening opening, Optional<Checkpoint> from)
            throws DatabaseUnreachableException, SourceLostException {
        opening.hold().beginsAnew();
        database.ensure(publication());
        int now = (int) clock.instant().getEpochSecond();
        int next = from.map(Checkpoint::sourceEpoch).orElse(0) + 1;
        return start(
                opening.afterThePublicationWasMade(database.marks(publication())),
                Optional.empty(),
                Progress.NONE,
                Integer.compareUnsigned(next, now) > 0 ? next : now);
    }

    private ChangeSource start(Opening opening, Optional<DebeziumOffset> offset, Progress backfills, int epoch)
            throws DatabaseUnreachableException, SourceLostException {
        opening.hold().watch(publication(), opening.publicationsMarks());
        Optional<SlotHold.Revoked> revoked = opening.hold().revoked();
        if (revoked.isPresent()) {
            throw revoked.get().lost();
        }
        Properties properties = EngineProperties.of(settings, opening.server().version(), offset);
        EngineProperties.leaveOut(database.generatedColumns(), properties);
        LiveCatalog tables = new LiveCatalog(database, opening.catalog());
        EnvelopeReader envelopes = new EnvelopeReader(tables);
        Optional<Version> anew = offset.isPresent() ? Optional.empty() : Optional.of(Version.beginningOf(epoch));
        LOG.atInfo()
                .addKeyValue("slot", settings.slot())
                .addKeyValue("epoch", Integer.toUnsignedString(epoch))
                .addKeyValue("snapshot", anew.isPresent())
                .log("opening the source");
        return new DebeziumSource(
                properties,
                envelopes,
                new DebeziumSource.Stamps(opening.server().identity(), epoch, basis(opening)),
                anew,
                database::nextLeaderEpoch,
                opening.hold(),
                new Retained(settings.retain(), System::nanoTime),
                new Backfills(
                        Notice.prefix(settings.slot()),
                        backfills,
                        database::open,
                        table -> settings.tables().contains(table) ? tables.now(table) : Optional.empty(),
                        new VisibleOnPrimary()));
    }
}
