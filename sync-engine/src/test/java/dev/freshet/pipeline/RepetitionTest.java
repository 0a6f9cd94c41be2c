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
import dev.freshet.checkpoint.Lead;
import dev.freshet.checkpoint.Sent;
import dev.freshet.checkpoint.SentStore;
import dev.freshet.observe.PipelineListener;
import dev.freshet.plan.Operation;
import dev.freshet.rules.Fingerprint;
import dev.freshet.write.Sweeping;
import dev.freshet.write.Terms;
import dev.freshet.write.WriteResult;
import dev.freshet.write.Writer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Transactions are known by the commit before them; a change is known by that and its own place. */
class RepetitionTest {
    private static final TableId PRODUCT = new TableId("public", "product");
    private static final Instant LONG_AGO = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant NOW = Instant.parse("2026-01-01T00:05:00Z");
    private static final int MOST = 2;

    private final List<Sent> announced = new ArrayList<>();
    private Optional<Sent> before = Optional.empty();

    private final SentStore store = new SentStore() {
        @Override
        public Optional<Sent> load() {
            return before;
        }

        @Override
        public void announce(Lead lead, Sent sent) {
            announced.add(sent);
        }
    };

    private final Repetition repetition = repetition();

    private Repetition repetition() {
        Leadership leadership = new Leadership(lead -> NOW, Duration.ofDays(1), System::nanoTime);
        Writer writer = new Writer() {
            @Override
            public List<WriteResult> write(List<Operation> operations, Terms terms) {
                throw new AssertionError("nothing is written here");
            }

            @Override
            public Sweeping sweeping(List<Operation.Scan> sweeps) {
                throw new AssertionError("nothing is swept here");
            }

            @Override
            public void close() {}
        };
        Delivery delivery = new Delivery(
                writer, letters -> {}, leadership, new PipelineListener() {}, InstantSource.system(), new Stop());
        return new Repetition(store, delivery, leadership, Duration.ofHours(1), MOST);
    }

    private static Version version(long commitBefore, long place) {
        return new Version(1, commitBefore, place, 0);
    }

    private static Checkpoint checkpoint(long commit) {
        Fingerprint any = new Fingerprint("0f");
        return new Checkpoint(new SourcePosition("at " + commit), "db", 1, new Basis(any, any));
    }

    /** Behind the last commit that came before it, with changes at these places. */
    private static Batch batch(long commitBefore, long... places) {
        List<Change> changes = new ArrayList<>();
        for (long place : places) {
            Row row = new Row() {
                @Override
                public Object get(String column) {
                    return place;
                }

                @Override
                public List<String> columns() {
                    return List.of("id");
                }
            };
            changes.add(new Change.Insert(
                    PRODUCT, new RowId(PRODUCT, "7"), version(commitBefore, place), Instant.EPOCH, row));
        }
        return new Batch(
                changes,
                Transactions.NONE,
                version(commitBefore, 0),
                checkpoint(commitBefore),
                false,
                Optional.empty(),
                0);
    }

    private void begin(long commit, Optional<Sent> sent) throws Exception {
        before = sent;
        repetition.begin(Optional.of(checkpoint(commit)));
    }

    private static Optional<Sent> sent(long commitBefore, long place) {
        return Optional.of(new Sent(version(commitBefore, place), LONG_AGO));
    }

    private void apply(Batch batch) throws Exception {
        repetition.announce(new Lead(1, 5), batch);
        repetition.saved(batch.checkpoint());
    }

    @Test
    void whatMayHaveBeenWrittenIsHeldUntilAllOfItHasCome() throws Exception {
        begin(10, sent(10, 12));

        assertThat(repetition.with(batch(10, 11))).isEmpty();
        assertThat(repetition.with(batch(10, 12)).orElseThrow().changes()).hasSize(2);
        assertThat(repetition.with(batch(10, 13))).isPresent();
    }

    @Test
    void whatTheCheckpointHasPassedIsNotWaitedFor() throws Exception {
        begin(20, sent(10, 12));

        assertThat(repetition.with(batch(20))).as("a heartbeat").isPresent();
    }

    @Test
    void heartbeatsBeforeItComesAgainLetNothingThrough() throws Exception {
        begin(10, sent(10, 12));

        assertThat(repetition.with(batch(10))).isEmpty();
        assertThat(repetition.with(batch(10, 11))).isEmpty();
        assertThat(repetition.with(batch(10))).isEmpty();
    }

    @Test
    void whatDoesNotComeAgainIsNotWaitedForOnceItsTransactionIsOver() throws Exception {
        begin(10, sent(10, 12));

        assertThat(repetition.with(batch(10, 11))).isEmpty();
        assertThat(repetition.with(batch(20)).orElseThrow().changes()).hasSize(1);
    }

    @Test
    void howFarAndSinceWhenWasWrittenStaysWhereOnlyAPartOfItCameAgain() throws Exception {
        begin(10, sent(10, 99));
        repetition.with(batch(10, 11, 12));
        apply(repetition.with(batch(10, 13)).orElseThrow());
        apply(batch(10, 14));

        assertThat(announced).isEmpty();
    }

    @Test
    void itIsLongAgoUntilTheCheckpointMoves() throws Exception {
        begin(10, sent(10, 12));
        apply(repetition.with(batch(10, 11, 12)).orElseThrow());
        apply(batch(10, 13));
        assertThat(announced).last().isEqualTo(new Sent(version(10, 13), LONG_AGO));

        apply(batch(20, 21));
        apply(batch(20, 22));
        assertThat(announced).last().isEqualTo(new Sent(version(20, 22), NOW));
    }
}
