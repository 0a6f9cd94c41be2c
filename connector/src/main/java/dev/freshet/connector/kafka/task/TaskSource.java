package dev.freshet.connector.kafka.task;

import dev.freshet.checkpoint.Positions;
import dev.freshet.connector.kafka.holding.Handover;
import dev.freshet.pipeline.GroupSource;
import dev.freshet.pipeline.GroupSources.GapException;
import dev.freshet.pipeline.Share;
import dev.freshet.pipeline.SourceLostException;
import dev.freshet.pipeline.Term;
import java.time.Duration;
import java.util.Optional;

/** What a task is given in one term, for the pipeline. */
final class TaskSource implements GroupSource {
    private final Term term;
    private final Handover handover = new Handover();
    private volatile boolean closed;

    TaskSource(Term term) {
        this.term = term;
    }

    Term term() {
        return term;
    }

    Handover handover() {
        return handover;
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public Optional<Share> take(Duration atMost) throws SourceLostException, GapException, InterruptedException {
        return handover.take(atMost);
    }

    @Override
    public void acknowledge(Positions done) {
        handover.acknowledge(done);
    }

    @Override
    public Positions stored() {
        return handover.stored();
    }

    @Override
    public void close() {
        closed = true;
    }
}
