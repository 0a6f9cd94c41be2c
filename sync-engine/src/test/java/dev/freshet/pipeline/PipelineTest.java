package dev.freshet.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.change.Change;
import dev.freshet.change.Row;
import dev.freshet.change.RowId;
import dev.freshet.change.SourcePosition;
import dev.freshet.change.TableId;
import dev.freshet.change.Transactions;
import dev.freshet.change.Version;
import dev.freshet.checkpoint.Basis;
import dev.freshet.checkpoint.Checkpoint;
import dev.freshet.checkpoint.CheckpointStore;
import dev.freshet.checkpoint.FormStore;
import dev.freshet.checkpoint.Lead;
import dev.freshet.checkpoint.LeadStore;
import dev.freshet.checkpoint.Owed;
import dev.freshet.checkpoint.ResyncRequest;
import dev.freshet.checkpoint.Sent;
import dev.freshet.checkpoint.SentStore;
import dev.freshet.checkpoint.TableForm;
import dev.freshet.checkpoint.TranscriptStore;
import dev.freshet.observe.PipelineListener;
import dev.freshet.plan.OldKeys;
import dev.freshet.plan.Operation;
import dev.freshet.plan.Planner;
import dev.freshet.rules.Fingerprint;
import dev.freshet.rules.Transcript;
import dev.freshet.rules.catalog.Catalog;
import dev.freshet.rules.yaml.Loading;
import dev.freshet.rules.yaml.RuleFiles;
import dev.freshet.rules.yaml.Shell;
import dev.freshet.rules.yaml.Variables;
import dev.freshet.write.Purger;
import dev.freshet.write.Sweeping;
import dev.freshet.write.Terms;
import dev.freshet.write.WriteResult;
import dev.freshet.write.Writer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In which order a pipeline does what must survive its death between any two steps. */
class PipelineTest {
    private static final TableId PRODUCT = new TableId("public", "product");

    private static final Checkpoint LAST = new Checkpoint(
            new SourcePosition("o"), "7312/1", 1, new Basis(new Fingerprint("0f"), new Fingerprint("f0")));

    @TempDir
    private Path folder = Path.of("");

    private final List<String> steps = new ArrayList<>();
    private Purger purger = Purger.NONE;
    private Optional<ResyncRequest> asked = Optional.empty();

    private record NumberedRow(long number) implements Row {
        @Override
        public Object get(String column) {
            return number;
        }

        @Override
        public List<String> columns() {
            return List.of("id");
        }
    }

    private enum Kind {
        /** More rows come that were there before. */
        READ,
        STREAMED,
        /** The table is altered, and its rows are still to come. */
        ALTERED
    }

    /** An insert in each batch, while rows are read in the first ones; who acknowledged them all has had enough. */
    private final class Batches implements ChangeSource {
        private final Optional<Version> anew;
        private final Deque<Kind> kinds;
        private final Runnable enough;
        private long position;

        Batches(Optional<Version> anew, List<Kind> kinds, Runnable enough) {
            this.anew = anew;
            this.kinds = new ArrayDeque<>(kinds);
            this.enough = enough;
        }

        @Override
        public Optional<Batch> take(Duration atMost) {
            Change insert = new Change.Insert(
                    PRODUCT,
                    new RowId(PRODUCT, "7"),
                    new Version(1, 0, ++position, 0),
                    Instant.EPOCH,
                    new NumberedRow(7));
            Basis basis = new Basis(new Fingerprint("0f"), new Fingerprint("f0"));
            Kind kind = kinds.element();
            Change altered = new Change.Altered(PRODUCT, new Version(1, 0, position, 1), Instant.EPOCH, true);
            return Optional.of(new Batch(
                    kind == Kind.ALTERED ? List.of(insert, altered) : List.of(insert),
                    Transactions.NONE,
                    new Version(0, 0, 0, 0),
                    new Checkpoint(new SourcePosition("p"), "7312/1", 1, basis),
                    kind != Kind.STREAMED,
                    kind == Kind.ALTERED ? Optional.of(Map.of()) : Optional.empty(),
                    0));
        }

        @Override
        public void acknowledge(Checkpoint checkpoint) {
            steps.add("acknowledge");
            kinds.remove();
            if (kinds.isEmpty()) {
                enough.run();
            }
        }

        @Override
        public long leaderEpoch() {
            return 5;
        }

        @Override
        public Optional<Version> beginsAnew() {
            return anew;
        }

        @Override
        public void close() {}
    }

    private final class RecordingWriter implements Writer {
        @Override
        public List<WriteResult> write(List<Operation> operations, Terms terms) {
            operations.forEach(operation -> steps.add(operation.getClass().getSimpleName()
                    + switch (terms.fences()) {
                        case FOR_A_WINDOW -> "";
                        case UNTIL_SWEPT -> ", remembered until swept";
                    }));
            return Collections.nCopies(operations.size(), new WriteResult.Applied());
        }

        @Override
        public Sweeping sweeping(List<Operation.Scan> sweeps) {
            sweeps.forEach(sweep -> steps.add("sweep behind " + sweep.version()));
            return terms -> new Sweeping.Step.Last();
        }

        @Override
        public void close() {}
    }

    /** What it takes from a ticket on is undone until it has taken a later one. */
    private final class SlowEdges implements Purger {
        private final long from;
        private final long until;
        private OptionalLong first = OptionalLong.empty();

        SlowEdges(long from, long until) {
            this.from = from;
            this.until = until;
        }

        @Override
        public void take(long ticket, List<Operation.Purge> purges, Transactions visible) {
            purges.forEach(purge -> steps.add("purge " + purge.version().position()));
            taken(ticket);
        }

        @Override
        public void missed(long ticket) {
            steps.add("edges missed something");
            taken(ticket);
        }

        private void taken(long ticket) {
            if (ticket >= until) {
                first = OptionalLong.empty();
            } else if (ticket >= from && first.isEmpty()) {
                first = OptionalLong.of(ticket);
            }
        }

        @Override
        public OptionalLong undone() {
            return first;
        }
    }

    private final class RecordingCheckpoints implements CheckpointStore {
        private final Optional<Checkpoint> last;

        RecordingCheckpoints(Optional<Checkpoint> last) {
            this.last = last;
        }

        @Override
        public Optional<Checkpoint> load() {
            return last;
        }

        @Override
        public void save(Checkpoint checkpoint) {
            String owed = checkpoint.owed().isNothing()
                    ? "checkpoint"
                    : checkpoint.owed().everything()
                            ? "checkpoint that owes a sweep"
                            : "checkpoint that owes a sweep of "
                                    + checkpoint.owed().tables();
            steps.add(owed
                    + checkpoint
                            .applied()
                            .map(version -> ", the target ahead to " + version.position())
                            .orElse("")
                    + (checkpoint.isOwedToEdges() ? ", purges kept" : ""));
        }

        @Override
        public Optional<ResyncRequest> asked() {
            return asked;
        }

        @Override
        public void answered(ResyncRequest request) {
            steps.add("answer " + request.id());
            asked = Optional.empty();
        }
    }

    private final class RecordingForms implements FormStore {
        @Override
        public Map<TableId, TableForm> load() {
            return Map.of();
        }

        @Override
        public void save(Lead lead, Map<TableId, TableForm> forms) {
            steps.add("forms");
        }
    }

    private final class RecordingSent implements SentStore {
        private final Optional<Sent> before;

        RecordingSent(Optional<Sent> before) {
            this.before = before;
        }

        @Override
        public Optional<Sent> load() {
            return before;
        }

        @Override
        public void announce(Lead lead, Sent sent) {
            steps.add("announce " + sent.upTo().position());
        }
    }

    private final class RecordingTranscripts implements TranscriptStore {
        @Override
        public List<Transcript> load() {
            steps.add("load rules");
            return List.of();
        }

        @Override
        public void save(Lead lead, List<Transcript> transcripts) {
            steps.add("keep rules under " + lead.leaderEpoch());
        }
    }

    private void run(Optional<Version> anew, Optional<Checkpoint> last, Kind... kinds) throws IOException {
        run(anew, last, Optional.empty(), kinds);
    }

    private void run(Optional<Version> anew, Optional<Checkpoint> last, Optional<Sent> sent, Kind... kinds)
            throws IOException {
        run("""
                rules:
                  product: {table: public.product, put: [{key: "product:{id}", as: json, value: [id], ttl: none}]}
                """, anew, last, sent, kinds);
    }

    private void run(String yaml, Optional<Version> anew, Optional<Checkpoint> last, Optional<Sent> sent, Kind... kinds)
            throws IOException {
        Loading.Loaded<?> loaded = loaded(yaml);
        List<Pipeline> running = new ArrayList<>();
        Succession rules = new Succession(
                new Planner(loaded.rules(), Catalog.NONE, OldKeys.REQUIRED),
                loaded.transcript(),
                transcript -> {
                    throw new AssertionError("there are no earlier rules");
                },
                new RecordingTranscripts());
        LeadStore leads = lead -> {
            steps.add("claim");
            return Instant.now();
        };
        running.add(new Pipeline(
                from -> {
                    from.load();
                    if (from.isResyncAsked()) {
                        steps.add("open as asked");
                    }
                    return new Batches(
                            anew, List.of(kinds), () -> running.getFirst().stop());
                },
                rules,
                Queries.NONE,
                new RecordingWriter(),
                purger,
                new RecordingCheckpoints(last),
                new RecordingSent(sent),
                new RecordingForms(),
                letters -> {},
                new Leadership(leads, Duration.ofDays(1), System::nanoTime),
                Duration.ofDays(1),
                new PipelineListener() {},
                InstantSource.system()));

        running.getFirst().run();
    }

    private Loading.Loaded<?> loaded(String yaml) throws IOException {
        Path file = Files.writeString(folder.resolve("freshet.yaml"), yaml);
        return switch (new RuleFiles(Variables.ofProcess()).load(file, Catalog.NONE, Shell.UNREAD)) {
            case Loading.Loaded<?> loaded -> loaded;
            case Loading.Refused<?> refused -> throw new AssertionError(refused.problems());
        };
    }

    @Test
    void aFreshBeginningKeepsItsRulesThenWritesAndSweepsBehindTheSnapshot() throws IOException {
        run(Optional.of(Version.beginningOf(1)), Optional.empty(), Kind.READ, Kind.STREAMED, Kind.STREAMED);

        assertThat(steps)
                .containsExactly(
                        "claim",
                        "load rules",
                        "keep rules under 5",
                        "Put, remembered until swept",
                        "checkpoint that owes a sweep",
                        "acknowledge",
                        "announce 2",
                        "Put, remembered until swept",
                        "checkpoint that owes a sweep",
                        "acknowledge",
                        "sweep behind 1-0000000000000000-0000000000000000-0",
                        "checkpoint",
                        "announce 3",
                        "Put",
                        "checkpoint",
                        "acknowledge");
    }

    /** Applications fill those entries, and no sweep behind the snapshot looks at them. */
    @Test
    void whatAFreshBeginningRemovesOfOthersEntriesIsNotRememberedUntilTheSweep() throws IOException {
        run("""
                rules:
                  product: {table: public.product, invalidate: [{key: "page:{id}"}]}
                """, Optional.of(Version.beginningOf(1)), Optional.empty(), Optional.empty(), Kind.STREAMED);

        assertThat(steps).startsWith("claim", "load rules", "Sweep", "keep rules under 5");
    }

    @Test
    void aSweepThatIsOwedIsDoneByWhoeverGoesOn() throws IOException {
        Checkpoint owing = LAST.owing(Owed.EVERYTHING);

        run(Optional.empty(), Optional.of(owing), Kind.STREAMED, Kind.STREAMED);

        assertThat(steps)
                .containsSubsequence(
                        "Put, remembered until swept",
                        "checkpoint that owes a sweep",
                        "sweep behind 1-0000000000000000-0000000000000000-0",
                        "Put",
                        "checkpoint");
    }

    @Test
    void anAlteredTableIsSweptBehindItsRowsAndItsFormIsKeptOnceTheCheckpointOwesThat() throws IOException {
        run(Optional.empty(), Optional.of(LAST), Kind.ALTERED, Kind.READ, Kind.STREAMED, Kind.STREAMED);

        String owing = "checkpoint that owes a sweep of {public.product=1-0000000000000000-0000000000000001-1}";
        assertThat(steps)
                .containsExactly(
                        "claim",
                        "load rules",
                        "keep rules under 5",
                        "announce 1",
                        "Put, remembered until swept",
                        owing,
                        "forms",
                        "acknowledge",
                        "announce 2",
                        "Put, remembered until swept",
                        owing,
                        "acknowledge",
                        "announce 3",
                        "Put, remembered until swept",
                        owing,
                        "acknowledge",
                        "sweep behind 1-0000000000000000-0000000000000001-1",
                        "checkpoint",
                        "announce 4",
                        "Put",
                        "checkpoint",
                        "acknowledge");
    }

    @Test
    void aRequestIsAnsweredOnceTheCheckpointBehindTheSnapshotIsSaved() throws IOException {
        asked = Optional.of(new ResyncRequest("own"));

        run(Optional.of(Version.beginningOf(1)), Optional.empty(), Kind.READ, Kind.STREAMED, Kind.STREAMED);

        assertThat(steps)
                .containsSubsequence(
                        "open as asked",
                        "checkpoint that owes a sweep",
                        "acknowledge",
                        "checkpoint that owes a sweep",
                        "answer own",
                        "acknowledge",
                        "checkpoint");
        assertThat(steps).filteredOn("answer own"::equals).hasSize(1);
    }

    @Test
    void aSourceThatGoesOnKeepsItsRulesThenWrites() throws IOException {
        run(Optional.empty(), Optional.of(LAST), Kind.STREAMED);

        assertThat(steps)
                .containsExactly(
                        "claim", "load rules", "keep rules under 5", "announce 1", "Put", "checkpoint", "acknowledge");
    }

    @Test
    void whatMayHaveBeenWrittenBeforeIsHeldUntilAllOfItHasCome() throws IOException {
        Sent third = new Sent(new Version(1, 0, 3, 0), Instant.EPOCH);

        run(Optional.empty(), Optional.of(LAST), Optional.of(third), Kind.STREAMED, Kind.STREAMED);

        assertThat(steps)
                .containsSubsequence(
                        "keep rules under 5", "announce 3", "Put", "checkpoint", "acknowledge", "announce 4", "Put")
                .doesNotContain("announce 1", "announce 2");
    }

    private static final String PURGING = """
            edges: {site: {type: fastly, service: s, token: t}}
            rules:
              product:
                table: public.product
                put: [{key: "product:{id}", as: json, value: [id], ttl: none}]
                purge: [{tag: "product-{id}"}]
            """;

    @Test
    void edgesAreToldOnceTheTargetHasItAndTheCheckpointWaitsForThemWhileTheTargetGoesOn() throws IOException {
        purger = new SlowEdges(1, 3);

        run(PURGING, Optional.empty(), Optional.of(LAST), Optional.empty(), Kind.STREAMED);

        assertThat(steps)
                .containsExactly(
                        "claim",
                        "load rules",
                        "keep rules under 5",
                        "announce 1",
                        "Put",
                        "purge 1",
                        "checkpoint, the target ahead to 1",
                        "announce 2",
                        "Put",
                        "purge 2",
                        "checkpoint, the target ahead to 2",
                        "announce 3",
                        "Put",
                        "purge 3",
                        "checkpoint",
                        "acknowledge");
    }

    @Test
    void theCheckpointThatPassesKeptPurgesSaysThatTheyAreThere() throws IOException {
        purger = new Purger() {
            private boolean isKept;

            @Override
            public void begin(boolean wasKept) {
                steps.add("edges begin" + (wasKept ? ", purges were kept" : ""));
            }

            @Override
            public void take(long ticket, List<Operation.Purge> purges, Transactions visible) {
                isKept = true;
            }

            @Override
            public boolean isKept() {
                return isKept;
            }

            @Override
            public void said(boolean isSaid) {
                steps.add("said " + isSaid);
            }
        };

        run(PURGING, Optional.empty(), Optional.of(LAST.owedToEdges(true)), Optional.empty(), Kind.STREAMED);

        assertThat(steps)
                .containsSubsequence(
                        "edges begin, purges were kept", "Put", "checkpoint, purges kept", "said true", "acknowledge");
    }

    @Test
    void whatComesAgainForTheEdgesAloneIsPurgedAndNotWritten() throws IOException {
        purger = new SlowEdges(0, 0);
        Sent third = new Sent(new Version(1, 0, 3, 0), Instant.EPOCH);

        run(
                PURGING,
                Optional.empty(),
                Optional.of(LAST.applied(Optional.of(new Version(1, 0, 2, 0)))),
                Optional.of(third),
                Kind.STREAMED,
                Kind.STREAMED,
                Kind.STREAMED);

        assertThat(steps)
                .containsSubsequence("keep rules under 5", "purge 1", "purge 2", "announce 3", "Put", "purge 3");
        assertThat(steps).filteredOn("Put"::equals).hasSize(3);
    }

    @Test
    void aGapIsOpenUntilTheEdgesAreRightAsWell() throws IOException {
        purger = new SlowEdges(3, 5);

        run(
                PURGING,
                Optional.of(Version.beginningOf(1)),
                Optional.empty(),
                Optional.empty(),
                Kind.READ,
                Kind.STREAMED,
                Kind.STREAMED);

        assertThat(steps)
                .containsSubsequence(
                        "sweep behind 1-0000000000000000-0000000000000000-0",
                        "edges missed something",
                        "Put",
                        "purge 3",
                        "checkpoint that owes a sweep, the target ahead to 3",
                        "Put",
                        "purge 4",
                        "checkpoint",
                        "acknowledge");
    }

    /** Whoever dies now would write again what the target has, perhaps after its fences are gone. */
    @Test
    void howFarTheTargetIsStaysStoredUntilAllOfThatHasComeAgain() throws IOException {
        run(
                PURGING.replace("purge: [{tag: \"product-{id}\"}]", ""),
                Optional.empty(),
                Optional.of(LAST.applied(Optional.of(new Version(1, 0, 2, 0)))),
                Optional.empty(),
                Kind.STREAMED,
                Kind.STREAMED,
                Kind.STREAMED);

        assertThat(steps)
                .containsSubsequence(
                        "checkpoint, the target ahead to 2",
                        "acknowledge",
                        "checkpoint, the target ahead to 2",
                        "acknowledge",
                        "Put",
                        "checkpoint",
                        "acknowledge");
    }
}
