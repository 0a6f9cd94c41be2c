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
import dev.freshet.checkpoint.Lead;
import dev.freshet.checkpoint.Partition;
import dev.freshet.checkpoint.Positions;
import dev.freshet.checkpoint.ResyncRequest;
import dev.freshet.checkpoint.SentPositions;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In which order a member of a group does what must survive its death between any two steps. */
class GroupPipelineTest {
    private static final TableId PRODUCT = new TableId("public", "product");
    private static final Partition PARTITION = new Partition("shop", 0);
    private static final Instant NOW = Instant.ofEpochSecond(1_000);
    private static final Checkpoint LAST = new Checkpoint(
            new SourcePosition("first"), "shop=A", 7, new Basis(new Fingerprint(""), new Fingerprint("")));

    @TempDir
    private Path folder = Path.of("");

    private final List<String> steps = new ArrayList<>();
    private final Deque<Source> sources = new ArrayDeque<>();
    private final List<String> lost = new ArrayList<>();
    private Optional<Checkpoint> last = Optional.of(LAST);
    private Topics topics = new Topics(Map.of("shop", "A"));
    private OnGap onGap = OnGap.RESYNC;
    private final List<String> undecided = new ArrayList<>();
    private Purger purger = Purger.NONE;
    private boolean standsDown;
    private Runnable enough = () -> {};

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

    private static Change inserted(long position) {
        return new Change.Insert(
                PRODUCT,
                new RowId(PRODUCT, "7"),
                new Version(7, 0, position, 0),
                Instant.EPOCH,
                new NumberedRow(position));
    }

    private static Share share(long next, List<Change> changes, List<Change> doubtful) {
        return new Share(
                changes, doubtful, List.of(), Transactions.NONE, new Positions(Map.of(PARTITION, next)), false);
    }

    private static Share share(long next) {
        return share(next, List.of(inserted(next)), List.of());
    }

    private static String at(Positions positions) {
        return String.valueOf(positions.next().get(PARTITION));
    }

    /** Gives its shares, and then fails or has had enough. */
    private class Source implements GroupSource {
        private final Deque<Share> shares;
        private final Optional<String> gap;
        private Positions stored = Positions.NONE;

        Source(Optional<String> gap, Share... shares) {
            this.gap = gap;
            this.shares = new ArrayDeque<>(List.of(shares));
        }

        @Override
        public Optional<Share> take(Duration atMost) throws GroupSources.GapException {
            if (shares.isEmpty() && gap.isPresent()) {
                throw new GroupSources.GapException(gap.get());
            }
            if (shares.size() <= 1 && gap.isEmpty()) {
                enough.run();
            }
            return Optional.ofNullable(shares.poll());
        }

        @Override
        public void acknowledge(Positions done) {
            steps.add("acknowledge " + at(done));
            stored = stored.then(done);
        }

        @Override
        public Positions stored() {
            return stored;
        }

        @Override
        public void close() {
            steps.add("leave");
        }
    }

    private final class RecordingWriter implements Writer {
        @Override
        public List<WriteResult> write(List<Operation> operations, Terms terms) {
            operations.forEach(operation -> steps.add(operation.getClass().getSimpleName()));
            WriteResult result = standsDown ? new WriteResult.Late() : new WriteResult.Applied();
            standsDown = false;
            return Collections.nCopies(operations.size(), result);
        }

        @Override
        public Sweeping sweeping(List<Operation.Scan> sweeps) {
            return terms -> new Sweeping.Step.Last();
        }

        @Override
        public void close() {}
    }

    private final class RecordingCheckpoints implements CheckpointStore {
        @Override
        public Optional<Checkpoint> load() {
            return last;
        }

        @Override
        public void save(Checkpoint checkpoint) {
            steps.add("term " + Integer.toUnsignedString(checkpoint.sourceEpoch()) + " of "
                    + checkpoint.sourceIdentity());
            last = Optional.of(checkpoint);
        }

        @Override
        public Optional<ResyncRequest> asked() {
            return Optional.empty();
        }

        @Override
        public void answered(ResyncRequest request) {}
    }

    private final class RecordingSent implements SentPositions {
        @Override
        public Map<Partition, UpTo> load(int term, Set<Partition> partitions) {
            return Map.of();
        }

        @Override
        public Map<Partition, Announced> announce(int term, Positions upTo, Instant at) {
            steps.add("announce " + at(upTo));
            Map<Partition, Announced> announced = new HashMap<>();
            upTo.next()
                    .forEach((partition, next) ->
                            announced.put(partition, new Announced(OptionalLong.empty(), new UpTo(next, at))));
            return announced;
        }

        @Override
        public void acknowledged(int term, List<Left> left) {
            left.forEach(each ->
                    steps.add((each.since().isPresent() ? "less" : "nothing") + " is left of " + each.partition()));
        }
    }

    private static final class KeptRules implements TranscriptStore {
        private List<Transcript> kept = List.of();

        @Override
        public List<Transcript> load() {
            return kept;
        }

        @Override
        public void save(Lead lead, List<Transcript> transcripts) {
            kept = transcripts;
        }
    }

    private final class Joining implements GroupSources {
        @Override
        public Topics topics() {
            return topics;
        }

        @Override
        public GroupSource open(Term term) {
            steps.add("join in term " + Integer.toUnsignedString(term.epoch()));
            return sources.remove();
        }
    }

    private final class Losses implements PipelineListener {
        @Override
        public void sourceLost(String reason, int attempt) {
            lost.add(reason);
            if (sources.isEmpty() && onGap == OnGap.RESYNC) {
                enough.run();
            }
        }

        @Override
        public void decisionNeeded(String reason) {
            undecided.add(reason);
            enough.run();
        }
    }

    private void run(Source... scripted) throws IOException {
        sources.addAll(List.of(scripted));
        Path file = Files.writeString(folder.resolve("freshet.yaml"), """
                rules:
                  product: {table: public.product, put: [{key: "product:{id}", as: json, value: [id], ttl: none}]}
                """);
        Loading.Loaded<?> loaded =
                switch (new RuleFiles(Variables.ofProcess()).load(file, Catalog.NONE, Shell.UNREAD)) {
                    case Loading.Loaded<?> right -> right;
                    case Loading.Refused<?> refused -> throw new AssertionError(refused.problems());
                };
        Succession rules = new Succession(
                new Planner(loaded.rules(), Catalog.NONE, OldKeys.REQUIRED),
                loaded.transcript(),
                transcript -> {
                    throw new AssertionError("there are no earlier rules");
                },
                new KeptRules());
        GroupPipeline pipeline = new GroupPipeline(
                new Joining(),
                rules,
                Queries.NONE,
                new RecordingWriter(),
                purger,
                new RecordingCheckpoints(),
                new RecordingSent(),
                letters -> {},
                new Leadership(
                        lead -> {
                            steps.add("claim " + Integer.toUnsignedString(lead.sourceEpoch()));
                            return Instant.now();
                        },
                        Duration.ofDays(1),
                        System::nanoTime),
                onGap,
                PipelineListener.all(List.of(new Losses())),
                InstantSource.fixed(NOW));
        enough = pipeline::stop;

        pipeline.run();
    }

    private Source source(Share... shares) {
        return new Source(Optional.empty(), shares);
    }

    @Test
    void whatIsAnnouncedIsWrittenAndWhatIsWrittenIsAcknowledged() throws IOException {
        run(source(share(3), share(5)));

        assertThat(steps)
                .containsExactly(
                        "claim 7",
                        "join in term 7",
                        "announce 3",
                        "Put",
                        "acknowledge 3",
                        "nothing is left of shop-0",
                        "announce 5",
                        "Put",
                        "acknowledge 5",
                        "nothing is left of shop-0",
                        "leave");
    }

    @Test
    void theFirstMemberBeginsATermOnceTheTargetIsEmptyOfWhatRulesPut() throws IOException {
        last = Optional.empty();

        run(source(share(3)));

        assertThat(steps)
                .startsWith("claim 1000", "Sweep", "term 1000 of shop=A", "join in term 1000", "announce 3", "Put");
    }

    @Test
    void aGapBeginsANewTerm() throws IOException {
        run(new Source(Optional.of("records are gone")), source(share(3)));

        assertThat(lost).containsExactly("records are gone");
        assertThat(steps)
                .containsSubsequence(
                        "join in term 7", "leave", "claim 1000", "Sweep", "term 1000 of shop=A", "join in term 1000");
    }

    @Test
    void aNewTermIsLaterThanTheLastOneWhateverTheClockSays() throws IOException {
        last = Optional.of(new Checkpoint(LAST.position(), "shop=A", 5_000, LAST.basis()));

        run(new Source(Optional.of("records are gone")), source(share(3)));

        assertThat(steps).contains("join in term 5001");
    }

    @Test
    void underStopAGapWaitsForAPerson() throws IOException {
        onGap = OnGap.STOP;

        run(new Source(Optional.of("records are gone")));

        assertThat(steps).containsExactly("claim 7", "join in term 7", "leave");
        assertThat(lost).first().isEqualTo("records are gone");
        assertThat(undecided)
                .isNotEmpty()
                .allMatch(reason -> reason.startsWith("records are gone; on_gap is stop: freshet resync"));
    }

    @Test
    void underStopAGapOfATermThatIsOverHoldsNobodyUp() throws IOException {
        onGap = OnGap.STOP;
        Checkpoint begunByAnother = new Checkpoint(new SourcePosition("another"), "shop=A", 1_000, LAST.basis());

        run(
                new Source(Optional.of("records are gone")) {
                    @Override
                    public void close() {
                        super.close();
                        last = Optional.of(begunByAnother);
                    }
                },
                source(share(3)));

        assertThat(undecided).isEmpty();
        assertThat(steps)
                .containsSubsequence("join in term 7", "leave", "join in term 1000", "announce 3")
                .doesNotContain("Sweep");
    }

    @Test
    void aTopicThatWasMadeAgainIsAGap() throws IOException {
        topics = new Topics(Map.of("shop", "B"));

        run(source(share(3)));

        assertThat(steps).contains("Sweep", "term 1000 of shop=B");
    }

    @Test
    void aTopicThatIsNewIsRemembered() throws IOException {
        topics = new Topics(Map.of("shop", "A", "stock", "S"));

        run(source(share(3)));

        assertThat(steps).contains("term 7 of shop=A stock=S").doesNotContain("Sweep");
    }

    @Test
    void whoeverMayNotWriteLeavesAndJoinsAgain() throws IOException {
        standsDown = true;

        run(source(share(3), share(4)), source(share(3)));

        assertThat(steps)
                .containsExactly(
                        "claim 7",
                        "join in term 7",
                        "announce 3",
                        "Put",
                        "leave",
                        "join in term 7",
                        "announce 3",
                        "Put",
                        "acknowledge 3",
                        "nothing is left of shop-0",
                        "leave");
    }

    @Test
    void whatMayBeOlderThanTheTargetIsRemovedAndNotWritten() throws IOException {
        run(source(share(5, List.of(inserted(5)), List.of(inserted(4)))));

        assertThat(steps).containsSubsequence("announce 5", "Invalidate", "Put", "acknowledge 5");
    }

    /** Takes long with what it got first. */
    private static final class SlowEdges implements Purger {
        private long told;

        @Override
        public void take(long ticket, List<Operation.Purge> purges, Transactions visible) {}

        @Override
        public OptionalLong undone() {
            return told++ == 0 ? OptionalLong.of(1) : OptionalLong.empty();
        }
    }

    @Test
    void positionsWaitForEdgesWhileTheTargetGoesOn() throws IOException {
        purger = new SlowEdges();

        run(source(share(3), share(5)));

        assertThat(steps)
                .containsSubsequence("announce 3", "Put", "announce 5", "Put", "acknowledge 5")
                .doesNotContain("acknowledge 3");
    }
}
