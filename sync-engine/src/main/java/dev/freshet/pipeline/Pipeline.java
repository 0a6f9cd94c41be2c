package dev.freshet.pipeline;

import dev.freshet.change.Change;
import dev.freshet.checkpoint.Checkpoint;
import dev.freshet.checkpoint.CheckpointStore;
import dev.freshet.checkpoint.Lead;
import dev.freshet.checkpoint.StandDownException;
import dev.freshet.deadletter.DeadLetterStore;
import dev.freshet.observe.PipelineListener;
import dev.freshet.write.TargetAwayException;
import dev.freshet.write.Writer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Takes batches from a source, plans, coalesces, writes, stores the checkpoint, acknowledges. One batch is done before the
 * next is planned, so a checkpoint never covers what was not applied or set aside.
 *
 * <p>If the process dies anywhere here, the batch comes again: writes of equal version apply again and change nothing.
 */
public final class Pipeline {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    private final SourceOpener sources;
    private final Succession rules;
    private final CheckpointStore checkpoints;
    private final Delivery delivery;
    private final Asker asker;
    private final Resync resync;
    private final Errand errand;
    private final PipelineListener listener;
    private final InstantSource clock;
    private final Stop stop = new Stop();
    private final Backoff sourcePauses = new Backoff(FIRST_PAUSE, LONGEST_PAUSE);

    /**
     * A pipeline that {@link #run} starts.
     *
     * @param rules by which it plans
     * @param leadership claimed before the first write of each source
     * @param clock tells when changes were applied, for the listener alone
     */
    public Pipeline(
            SourceOpener sources,
            Succession rules,
            Queries queries,
            Writer writer,
            CheckpointStore checkpoints,
            DeadLetterStore deadLetters,
            Leadership leadership,
            PipelineListener listener,
            InstantSource clock) {
        this.sources = sources;
        this.rules = rules;
        this.checkpoints = checkpoints;
        this.listener = listener;
        this.clock = clock;
        this.delivery = new Delivery(writer, deadLetters, leadership, listener, clock, stop);
        this.asker = new Asker(queries, delivery, listener, stop);
        this.resync = new Resync(rules.planner(), delivery, listener);
        this.errand = new Errand(checkpoints);
    }

    /** Runs until {@link #stop} or an interrupt; opens a new source whenever one is lost. */
    public void run() {
        try {
            while (!stop.isAsked()) {
                LastCheckpoint last = new LastCheckpoint();
                try (ChangeSource source = sources.open(last)) {
                    listener.sourceOpened(source.beginsAnew().isPresent());
                    follow(source, last.owesASweep());
                } catch (SourceLostException | StandDownException e) {
                    listener.sourceLost(String.valueOf(e.getMessage()), sourcePauses.attempt());
                    stop.await(sourcePauses.next());
                }
            }
        } catch (InterruptedException e) {
            if (!stop.isAsked()) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Ends {@link #run} soon; safe from any thread. What is not acknowledged by then comes again at the next start. */
    public void stop() {
        stop.ask();
    }

    /** Returns where a stop is asked for, or a resync, for which another source is opened. */
    private void follow(ChangeSource source, boolean owesASweep)
            throws SourceLostException, StandDownException, InterruptedException {
        boolean begun = false;
        while (!stop.isAsked()) {
            Optional<Batch> batch = source.take(resync.patience());
            if (batch.isPresent()) {
                Lead lead = new Lead(batch.get().checkpoint().sourceEpoch(), source.leaderEpoch());
                delivery.claim(lead);
                if (!begun) {
                    resync.begin(owesASweep || source.beginsAnew().isPresent(), lead.sourceEpoch());
                    rules.begin(lead, source.beginsAnew(), clock.instant(), delivery, listener);
                    begun = true;
                }
                apply(batch.get());
                resync.applied(batch.get());
                save(resync.owing(batch.get().checkpoint()));
                if (!batch.get().isOfSnapshot()) {
                    delivery.insist(() -> {
                        errand.done();
                        return true;
                    });
                }
                source.acknowledge(batch.get().checkpoint());
                sourcePauses.succeeded();
            }
            if (begun) {
                resync.goOn(clock.instant());
            }
            if (errand.isNewAsked()) {
                listener.resyncAsked();
                return;
            }
        }
    }

    private void apply(Batch batch) throws StandDownException, InterruptedException {
        List<Change> changes = batch.changes();
        if (changes.isEmpty()) {
            return;
        }
        listener.taken(changes);
        List<Work.Planned> planned = new ArrayList<>(changes.size());
        for (Change change : changes) {
            planned.add(new Work.Planned(change, rules.planner().plan(change)));
        }
        new Work(asker, delivery, batch.transactions()).finish(planned);
        listener.applied(changes, clock.instant());
    }

    /** Asked for by whoever opens a source. */
    private final class LastCheckpoint implements SourceOpener.LastCheckpoint {
        private Optional<Checkpoint> last = Optional.empty();
        private boolean resyncAsked;

        @Override
        public Optional<Checkpoint> load() throws InterruptedException {
            while (true) {
                try {
                    last = checkpoints.load();
                    resyncAsked = errand.isTakenUp();
                    delivery.back();
                    return last;
                } catch (TargetAwayException e) {
                    delivery.pause(String.valueOf(e.getMessage()));
                }
            }
        }

        @Override
        public boolean isResyncAsked() {
            return resyncAsked;
        }

        boolean owesASweep() {
            return last.filter(checkpoint -> !checkpoint.isSwept()).isPresent();
        }
    }

    private void save(Checkpoint checkpoint) throws StandDownException, InterruptedException {
        delivery.insist(() -> {
            checkpoints.save(checkpoint);
            return checkpoint;
        });
        listener.checkpointed(checkpoint);
    }
}
