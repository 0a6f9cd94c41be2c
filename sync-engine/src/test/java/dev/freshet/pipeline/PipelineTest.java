package dev.freshet.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.change.Change;
import dev.freshet.change.Row;
import dev.freshet.change.RowId;
import dev.freshet.change.SourcePosition;
import dev.freshet.change.TableId;
import dev.freshet.change.Version;
import dev.freshet.checkpoint.Basis;
import dev.freshet.checkpoint.Checkpoint;
import dev.freshet.checkpoint.CheckpointStore;
import dev.freshet.checkpoint.Lead;
import dev.freshet.checkpoint.LeadStore;
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
import dev.freshet.write.WriteResult;
import dev.freshet.write.Writer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In which order a pipeline does what must survive its death between any two steps. */
class PipelineTest {
    private static final TableId PRODUCT = new TableId("public", "product");

    @TempDir
    private Path folder = Path.of("");

    private final List<String> steps = new ArrayList<>();

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

    /** One insert in one batch; who acknowledges it has had enough. */
    private final class OneBatch implements ChangeSource {
        private final Optional<Version> anew;
        private final Runnable enough;

        OneBatch(Optional<Version> anew, Runnable enough) {
            this.anew = anew;
            this.enough = enough;
        }

        @Override
        public Optional<Batch> take(Duration atMost) {
            Change insert = new Change.Insert(
                    PRODUCT, new RowId(PRODUCT, "7"), new Version(1, 0, 1, 0), Instant.EPOCH, new NumberedRow(7));
            Basis basis = new Basis(new Fingerprint("0f"), new Fingerprint("f0"));
            return Optional.of(new Batch(
                    List.of(insert), Transactions.NONE, new Checkpoint(new SourcePosition("p"), "7312/1", 1, basis)));
        }

        @Override
        public void acknowledge(Checkpoint checkpoint) {
            steps.add("acknowledge");
            enough.run();
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
        public List<WriteResult> write(List<Operation> operations, Supplier<Instant> ledAt) {
            operations.forEach(operation -> steps.add(operation.getClass().getSimpleName()));
            return Collections.nCopies(operations.size(), new WriteResult.Applied());
        }

        @Override
        public void close() {}
    }

    private final class RecordingCheckpoints implements CheckpointStore {
        @Override
        public Optional<Checkpoint> load() {
            return Optional.empty();
        }

        @Override
        public void save(Checkpoint checkpoint) {
            steps.add("checkpoint");
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

    private void run(Optional<Version> anew) throws IOException {
        Loading.Loaded<?> loaded = loaded("""
                rules:
                  product: {table: public.product, put: [{key: "product:{id}", as: json, value: [id], ttl: none}]}
                """);
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
                last -> new OneBatch(anew, () -> running.getFirst().stop()),
                rules,
                Queries.NONE,
                new RecordingWriter(),
                new RecordingCheckpoints(),
                letters -> {},
                new Leadership(leads, Duration.ofDays(1), System::nanoTime),
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
    void aFreshBeginningSweepsThenKeepsItsRulesThenWrites() throws IOException {
        run(Optional.of(new Version(1, 0, 0, 0)));

        assertThat(steps)
                .containsExactly(
                        "claim", "load rules", "Sweep", "keep rules under 5", "Put", "checkpoint", "acknowledge");
    }

    @Test
    void aSourceThatGoesOnKeepsItsRulesThenWrites() throws IOException {
        run(Optional.empty());

        assertThat(steps)
                .containsExactly("claim", "load rules", "keep rules under 5", "Put", "checkpoint", "acknowledge");
    }
}
