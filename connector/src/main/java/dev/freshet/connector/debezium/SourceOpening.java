package dev.freshet.connector.debezium;

import dev.freshet.change.TableId;
import dev.freshet.change.Version;
import dev.freshet.checkpoint.Basis;
import dev.freshet.checkpoint.Checkpoint;
import dev.freshet.checkpoint.TableForm;
import dev.freshet.connector.backfill.Backfills;
import dev.freshet.connector.backfill.Notice;
import dev.freshet.connector.backfill.Progress;
import dev.freshet.connector.backfill.Seal;
import dev.freshet.connector.envelope.EnvelopeReader;
import dev.freshet.connector.schema.Comparison;
import dev.freshet.connector.schema.Rereading;
import dev.freshet.connector.schema.Schema;
import dev.freshet.connector.schema.SchemaQuery;
import dev.freshet.connector.schema.SchemaWatch;
import dev.freshet.connector.schema.Seen;
import dev.freshet.connector.visibility.VisibleOnPrimary;
import dev.freshet.pipeline.ChangeSource;
import dev.freshet.pipeline.SourceLostException;
import dev.freshet.pipeline.SourceOpener;
import dev.freshet.rules.Fingerprint;
import dev.freshet.rules.catalog.Catalog;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One attempt to open a source: asks the server, decides, makes what is missing, and starts the engine. */
final class SourceOpening {
    private static final Logger LOG = LoggerFactory.getLogger(SourceOpening.class);

    private final PostgresDatabase database;
    private final PostgresSettings settings;
    private final Clock clock;
    private final SnapshotFetch fetch;
    private final Grip grip;

    /**
     * An attempt.
     *
     * @param settings of tables that are there
     * @param clock only makes epochs grow where the last one is not known
     * @param grip on the source, the caller's to close where there is none in the end
     */
    SourceOpening(PostgresDatabase database, PostgresSettings settings, Clock clock, SnapshotFetch fetch, Grip grip) {
        this.database = database;
        this.settings = settings;
        this.clock = clock;
        this.fetch = fetch;
        this.grip = grip;
    }

    /** As {@link SourceOpener#open}. */
    ChangeSource open(SourceOpener.LastCheckpoint last)
            throws SourceLostException, DatabaseUnreachableException, InterruptedException {
        Optional<Checkpoint> from = last.load();
        Optional<String> doubt = last.doubt();
        Map<TableId, TableForm> forms = last.forms();
        ServerState server = database.state(settings.slot());
        Optional<PostgresPrerequisites.Finding> unfit =
                server.slot().flatMap(slot -> PostgresPrerequisites.unfit(settings.slot(), slot, database));
        if (unfit.isPresent()) {
            throw new SourceLostException(unfit.get().toString());
        }
        Map<TableId, Schema> before = schemas(forms);
        Set<TableId> sent = database.sent(publication());
        boolean isAllPublished =
                settings.tables().stream().filter(before::containsKey).allMatch(sent::contains);
        if (from.isPresent() && isAllPublished && !sent.containsAll(settings.tables())) {
            // Tables that are followed for the first time.
            database.ensure(publication());
        }
        Opening opening = opening(server);
        if (doubt.isPresent() && !last.isResyncAsked()) {
            return afterGap(opening, from, doubt.get());
        }
        opening.seen().forEach((table, seen) -> {
            if (!sent.contains(table)) {
                before.putIfAbsent(table, seen.schema().withoutRows());
            }
        });
        return switch (StartDecision.of(
                from,
                last.isResyncAsked(),
                basis(opening),
                isAllPublished,
                comparison(forms, before, opening),
                server)) {
            case StartDecision.Resume(DebeziumOffset offset, int epoch) ->
                start(
                        opening,
                        new SchemaWatch.Before(before, true),
                        Optional.of(offset),
                        from.map(checkpoint -> DebeziumOffset.backfills(checkpoint.position()))
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
            case StartDecision.OtherTables(String reason) -> {
                LOG.atInfo().addKeyValue("reason", reason).log("tables changed: the cache is built anew");
                yield anew(opening, from);
            }
            case StartDecision.Gap(String reason) -> afterGap(opening, from, reason);
        };
    }

    /** What was found at this opening. */
    private record Opening(
            ServerState server, Catalog catalog, String publication, String marks, Map<TableId, Seen> seen) {
        Map<TableId, Schema> schemas() {
            Map<TableId, Schema> schemas = new HashMap<>();
            seen.forEach((table, each) -> schemas.put(table, each.schema()));
            return schemas;
        }
    }

    private Opening opening(ServerState server) throws DatabaseUnreachableException {
        Catalog catalog = database.catalog();
        // Whatever is altered behind this look is found by the next one.
        Map<TableId, Seen> seen = database.ask(
                "look at the tables",
                connection -> schemaQuery().read(connection, table -> LiveCatalog.identity(table, catalog)));
        return new Opening(server, catalog, database.mark(publication()), database.marks(publication()), seen);
    }

    private SchemaQuery schemaQuery() {
        return new SchemaQuery(settings.publication(), settings.tables());
    }

    private static Map<TableId, Schema> schemas(Map<TableId, TableForm> forms) {
        Map<TableId, Schema> schemas = new HashMap<>();
        forms.forEach((table, form) -> Schema.of(form).ifPresent(schema -> schemas.put(table, schema)));
        return schemas;
    }

    private Comparison comparison(Map<TableId, TableForm> forms, Map<TableId, Schema> before, Opening opening) {
        return before.keySet().containsAll(forms.keySet()) && !forms.isEmpty()
                ? Comparison.of(before, opening.seen(), rereading(opening))
                : new Comparison(
                        Optional.of("nobody knows what the tables were like before"), Optional.empty(), List.of());
    }

    private Rereading rereading(Opening opening) {
        return new Rereading(settings.reach(), settings.snapshotTables(), opening.catalog());
    }

    private Basis basis(Opening opening) {
        return new Basis(settings.rules(), Fingerprint.of(List.of(opening.publication())));
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
        grip.hold().beginsAnew();
        database.ensure(publication());
        int now = (int) clock.instant().getEpochSecond();
        int next = from.map(Checkpoint::sourceEpoch).orElse(0) + 1;
        Opening made = opening(opening.server());
        return start(
                made,
                new SchemaWatch.Before(made.schemas(), false),
                Optional.empty(),
                Progress.NONE,
                Integer.compareUnsigned(next, now) > 0 ? next : now);
    }

    private ChangeSource start(
            Opening opening, SchemaWatch.Before before, Optional<DebeziumOffset> offset, Progress backfills, int epoch)
            throws DatabaseUnreachableException, SourceLostException {
        SlotHold hold = grip.hold();
        hold.watch(publication(), opening.marks());
        Optional<SlotHold.Revoked> revoked = hold.revoked();
        if (revoked.isPresent()) {
            throw revoked.get().lost();
        }
        Properties properties = EngineProperties.of(settings, opening.server().version(), offset);
        grip.sockets().useIn(properties);
        if (offset.isPresent()) {
            grip.signs().streams();
        } else {
            fetch.begin(database.rowBytes(settings.snapshotTables()), properties);
        }
        EngineProperties.leaveOut(database.generatedColumns(), properties);
        Seal seal = new Seal(settings.address().password());
        LiveCatalog tables = new LiveCatalog(database, opening.catalog());
        SchemaWatch schemas = new SchemaWatch(
                Notice.prefix(settings.slot()),
                seal,
                schemaQuery(),
                rereading(opening),
                database::open,
                table -> LiveCatalog.identity(table, opening.catalog()),
                settings.schemaCheck(),
                before);
        EnvelopeReader envelopes = new EnvelopeReader(table -> {
            schemas.soon();
            return tables.now(table);
        });
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
                fetch::ended,
                database::nextLeaderEpoch,
                grip,
                new Retained(settings.retain(), System::nanoTime),
                new Backfills(
                        Notice.prefix(settings.slot()),
                        backfills,
                        database::open,
                        new Followed(settings.tables(), tables),
                        new VisibleOnPrimary(),
                        seal,
                        System::nanoTime),
                schemas);
    }

    private record Followed(Set<TableId> tables, LiveCatalog catalog) implements Backfills.Tables {
        @Override
        public boolean isFollowed(TableId table) {
            return tables.contains(table);
        }

        @Override
        public Optional<Catalog.Table> now(TableId table) {
            return catalog.now(table);
        }
    }
}
