package dev.freshet.assembly.watch;

import dev.freshet.change.Change;
import dev.freshet.deadletter.DeadLetter;
import dev.freshet.observe.PipelineListener;
import dev.freshet.plan.Operation;
import dev.freshet.write.WriteResult;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Whether the pipeline goes on with the changes that it has taken. Beaten by the pipeline's thread, read by any. */
public final class PipelinePulse implements PipelineListener {
    private final AtomicLong beats = new AtomicLong();
    private volatile @Nullable Thread atWork;

    /** It has gone on: a part of it was answered. */
    public void beat() {
        beats.incrementAndGet();
    }

    long beats() {
        return beats.get();
    }

    /** The thread that has changes in its hands; empty where it waits for some. */
    Optional<Thread> atWork() {
        return Optional.ofNullable(atWork);
    }

    @Override
    public void taken(List<Change> changes) {
        atWork = Thread.currentThread();
        beat();
    }

    @Override
    public void finished() {
        atWork = null;
    }

    @Override
    public void edgesWantAgain() {
        atWork = null;
    }

    @Override
    public void sourceLost(String reason, int attempt) {
        atWork = null;
    }

    @Override
    public void written(List<Operation> operations, List<WriteResult> results, Instant at) {
        beat();
    }

    @Override
    public void setAside(DeadLetter letter) {
        beat();
    }

    @Override
    public void targetAway(String reason, int attempt) {
        beat();
    }

    @Override
    public void asked(int questions, Duration took) {
        beat();
    }

    @Override
    public void databaseAway(String reason, int attempt) {
        beat();
    }

    @Override
    public void applied(List<Change> changes, Instant at) {
        beat();
    }
}
