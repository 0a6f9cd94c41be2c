package dev.freshet.soak;

import dev.freshet.assembly.Casing;
import dev.freshet.change.Change;
import dev.freshet.change.Version;
import dev.freshet.checkpoint.Checkpoint;
import dev.freshet.checkpoint.CheckpointStore;
import dev.freshet.checkpoint.ResyncRequest;
import dev.freshet.checkpoint.StandDownException;
import dev.freshet.pipeline.Batch;
import dev.freshet.pipeline.ChangeSource;
import dev.freshet.pipeline.Queries;
import dev.freshet.pipeline.SourceLostException;
import dev.freshet.pipeline.SourceOpener;
import dev.freshet.plan.Operation;
import dev.freshet.sidecar.Main;
import dev.freshet.write.Sweeping;
import dev.freshet.write.TargetAwayException;
import dev.freshet.write.Terms;
import dev.freshet.write.WriteResult;
import dev.freshet.write.Writer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Freshet as it is, or sabotaged, which tells a {@link KillOrder} of every step. */
final class SteppedFreshet implements Casing {
    private final KillOrder order;
    private final Casing inner;

    private SteppedFreshet(KillOrder order, Casing inner) {
        this.order = order;
        this.inner = inner;
    }

    public static void main(String[] args) {
        Main.main(
                new SteppedFreshet(
                        KillOrder.ofThisProcess(),
                        Sabotage.ofThisProcess().<Casing>map(Sabotage::casing).orElse(Casing.NONE)),
                args);
    }

    @Override
    public SourceOpener around(SourceOpener sources) {
        SourceOpener opener = inner.around(sources);
        return last -> {
            order.passed(Step.OPENING);
            ChangeSource source = opener.open(last);
            order.passed(Step.OPENED);
            return new SteppedSource(source, order);
        };
    }

    @Override
    public Queries around(Queries queries) {
        Queries asked = inner.around(queries);
        return (questions, visible) -> {
            List<Queries.Answer> answers = asked.ask(questions, visible);
            order.passed(Step.ASKED);
            return answers;
        };
    }

    @Override
    public Writer around(Writer writer) {
        return new SteppedWriter(inner.around(writer), order);
    }

    @Override
    public CheckpointStore around(CheckpointStore checkpoints) {
        return new SteppedCheckpoints(inner.around(checkpoints), order);
    }

    private static final class SteppedSource implements ChangeSource {
        private final ChangeSource source;
        private final KillOrder order;
        private long commitBefore = -1;

        SteppedSource(ChangeSource source, KillOrder order) {
            this.source = source;
            this.order = order;
        }

        @Override
        public Optional<Batch> take(Duration atMost) throws SourceLostException, InterruptedException {
            Optional<Batch> batch = source.take(atMost);
            if (batch.isPresent()) {
                order.passed(Step.TAKEN);
                tellOfTransaction(batch.get().changes());
            }
            return batch;
        }

        /** Changes of one transaction have the same commit before them. */
        private void tellOfTransaction(List<Change> changes) {
            if (!changes.isEmpty()) {
                if (changes.getFirst().version().commit() == commitBefore) {
                    order.passed(Step.TAKEN_WITHIN_A_TRANSACTION);
                }
                commitBefore = changes.getLast().version().commit();
            }
        }

        @Override
        public void acknowledge(Checkpoint checkpoint) {
            source.acknowledge(checkpoint);
            order.passed(Step.CONFIRMED);
        }

        @Override
        public long leaderEpoch() {
            return source.leaderEpoch();
        }

        @Override
        public Optional<Version> beginsAnew() {
            return source.beginsAnew();
        }

        @Override
        public void close() {
            source.close();
        }
    }

    private record SteppedWriter(Writer writer, KillOrder order) implements Writer {
        @Override
        public List<WriteResult> write(List<Operation> operations, Terms terms) throws InterruptedException {
            order.passed(Step.WRITING);
            List<WriteResult> results = writer.write(operations, terms);
            order.passed(Step.WRITTEN);
            return results;
        }

        @Override
        public Sweeping sweeping(List<Operation.Scan> sweeps) {
            Sweeping sweeping = writer.sweeping(sweeps);
            return terms -> {
                Sweeping.Step page = sweeping.next(terms);
                order.passed(Step.SWEPT);
                return page;
            };
        }

        @Override
        public void close() {
            writer.close();
        }
    }

    private record SteppedCheckpoints(CheckpointStore checkpoints, KillOrder order) implements CheckpointStore {
        @Override
        public Optional<Checkpoint> load() throws TargetAwayException {
            return checkpoints.load();
        }

        @Override
        public void save(Checkpoint checkpoint) throws TargetAwayException, StandDownException {
            order.passed(Step.SAVING);
            checkpoints.save(checkpoint);
            order.passed(Step.SAVED);
        }

        @Override
        public Optional<ResyncRequest> asked() throws TargetAwayException {
            return checkpoints.asked();
        }

        @Override
        public void answered(ResyncRequest request) throws TargetAwayException {
            checkpoints.answered(request);
        }
    }
}
