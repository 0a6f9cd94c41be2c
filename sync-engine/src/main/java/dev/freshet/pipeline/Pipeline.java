package dev.freshet.pipeline;

import dev.freshet.change.Change;
import dev.freshet.change.TableId;
import dev.freshet.change.Version;
import dev.freshet.checkpoint.Checkpoint;
import dev.freshet.checkpoint.CheckpointStore;
import dev.freshet.checkpoint.FormStore;
import dev.freshet.checkpoint.Lead;
import dev.freshet.checkpoint.Owed;
import dev.freshet.checkpoint.SentStore;
import dev.freshet.checkpoint.StandDownException;
import dev.freshet.checkpoint.TableForm;
import dev.freshet.deadletter.DeadLetterStore;
import dev.freshet.observe.PipelineListener;
import dev.freshet.write.Purger;
import dev.freshet.write.TargetAwayException;
import dev.freshet.write.Terms;
import dev.freshet.write.Writer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Takes batches from a source, plans, coalesces, writes, stores the checkpoint, acknowledges. One batch is in the target before the
 * next is planned. Its purges are handed over then and done in their own time, and the checkpoint waits for them: it never covers what
 * was not applied, purged or set aside. Beside it stands how far the target alone has come, so that what comes again because of an edge
 * is not written again.
 *
 * <p>If the process dies anywhere here, the batch comes again: writes of equal version apply again and change nothing.
 */
public final class Pipeline {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    private final SourceOpener sources;
    private final Succession rules;
    private final CheckpointStore checkpoints;
    private final FormStore forms;
    private final Delivery delivery;
    private final Asker asker;
    private final Resync resync;
    private final Repetition repetition;
    private final EdgeWork<Progress> edges;
    private final Errand errand;
    private final PipelineListener listener;
    private final InstantSource clock;
    private final Stop stop = new Stop();
    private final Backoff sourcePauses = new Backoff(FIRST_PAUSE, LONGEST_PAUSE);
    private final Saved saved = new Saved();
    private Optional<Checkpoint> stored = Optional.empty();
    private Optional<Checkpoint> reached = Optional.empty();
    private Optional<Version> applied = Optional.empty();
    private boolean isAhead;
    private final Replay replay = new Replay(System::nanoTime);

    /**
     * A pipeline that {@link #run} starts.
     *
     * @param rules by which it plans
     * @param sent tells what may have been written beyond the checkpoint
     * @param purger sees to the edges that rules purge
     * @param leadership claimed before the first write of each source
     * @param fencesLive for how long something written is surely protected by its fence
     * @param clock tells when changes were applied, for the listener alone
     */
    public Pipeline(
            SourceOpener sources,
            Succession rules,
            Queries queries,
            Writer writer,
            Purger purger,
            CheckpointStore checkpoints,
            SentStore sent,
            FormStore forms,
            DeadLetterStore deadLetters,
            Leadership leadership,
            Duration fencesLive,
            PipelineListener listener,
            InstantSource clock) {
        this.sources = sources;
        this.rules = rules;
        this.checkpoints = checkpoints;
        this.forms = forms;
        this.listener = listener;
        this.clock = clock;
        this.delivery = new Delivery(writer, deadLetters, leadership, listener, clock, stop);
        this.asker = new Asker(queries, delivery, listener, stop);
        this.resync = new Resync(rules.planner(), delivery, listener);
        this.repetition = new Repetition(sent, delivery, leadership, fencesLive);
        this.edges = new EdgeWork<>(purger, delivery, Progress::then);
        this.errand = new Errand(checkpoints);
    }

    /** Runs until {@link #stop} or an interrupt; opens a new source whenever one is lost. */
    public void run() {
        try {
            Optional<String> doubt = Optional.empty();
            while (!stop.isAsked()) {
                LastCheckpoint last = new LastCheckpoint(doubt);
                try (ChangeSource source = sources.open(last)) {
                    doubt = Optional.empty();
                    listener.sourceOpened(source.beginsAnew().isPresent());
                    follow(source, source.beginsAnew().isPresent() ? Optional.empty() : last.checkpoint());
                } catch (SourceLostException | StandDownException e) {
                    listener.sourceLost(String.valueOf(e.getMessage()), sourcePauses.attempt());
                    stop.await(sourcePauses.next());
                } catch (Repetition.UnknownException e) {
                    doubt = Optional.of(String.valueOf(e.getMessage()));
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

    /**
     * Returns where a stop is asked for, or a resync, for which another source is opened.
     *
     * @param from where the source goes on; empty where it begins anew
     */
    private void follow(ChangeSource source, Optional<Checkpoint> from)
            throws SourceLostException, StandDownException, Repetition.UnknownException, InterruptedException {
        boolean begun = false;
        stored = from;
        reached = from.map(checkpoint -> checkpoint.applied(Optional.empty()));
        applied = from.flatMap(Checkpoint::applied);
        isAhead = applied.isPresent();
        replay.begin(applied);
        edges.begin(from.filter(Checkpoint::isOwedToEdges).isPresent());
        while (!stop.isAsked()) {
            Optional<Batch> batch = source.take(resync.patience());
            if (batch.isPresent()) {
                Lead lead = new Lead(batch.get().checkpoint().sourceEpoch(), source.leaderEpoch());
                delivery.claim(lead);
                if (!begun) {
                    delivery.remember(Terms.Fences.FOR_A_WINDOW);
                    rules.begin(lead, source.beginsAnew(), clock.instant(), delivery, listener);
                    resync.begin(from.map(Checkpoint::owed).orElse(Owed.EVERYTHING), lead.sourceEpoch());
                    repetition.begin(from);
                    begun = true;
                }
                Optional<Batch> ready = repetition.with(purgedAgain(batch.get(), from.flatMap(Checkpoint::applied)));
                if (ready.isPresent()) {
                    finish(source, ready.get());
                }
            }
            if (begun) {
                if (resync.goOn(clock.instant())) {
                    edges.missed();
                }
                settle(source);
            }
            if (errand.isNewAsked()) {
                listener.resyncAsked();
                return;
            }
            if (edges.wantsAgain() && replay.mayBeginAgain()) {
                listener.edgesWantAgain();
                return;
            }
        }
        if (begun) {
            edges.drain(() -> settle(source));
        }
    }

    private void finish(ChangeSource source, Batch batch) throws StandDownException, InterruptedException {
        repetition.announce(new Lead(batch.checkpoint().sourceEpoch(), source.leaderEpoch()), batch);
        resync.take(batch);
        edges.next();
        apply(batch);
        resync.applied(batch);
        edges.applied(Progress.of(batch));
        settle(source);
        listener.finished();
        sourcePauses.succeeded();
    }

    /** Of what is in the target already only the edges are purged; the rest of the batch is left. */
    private Batch purgedAgain(Batch batch, Optional<Version> inTarget) throws StandDownException, InterruptedException {
        if (inTarget.isEmpty()) {
            return batch;
        }
        List<Change> known = new ArrayList<>();
        List<Change> rest = new ArrayList<>();
        for (Change change : batch.changes()) {
            boolean isKnown = change.isOfLog() && change.version().compareTo(inTarget.get()) <= 0;
            (isKnown ? known : rest).add(change);
        }
        replay.saw(rest.stream().anyMatch(Change::isOfLog) || batch.reached().compareTo(inTarget.get()) > 0);
        if (known.isEmpty()) {
            return batch;
        }
        edges.next();
        work(batch).ofEdgesAlone().finish(planned(known));
        return batch.with(rest);
    }

    private void apply(Batch batch) throws StandDownException, InterruptedException {
        List<Change> changes = batch.changes();
        if (changes.isEmpty()) {
            return;
        }
        listener.taken(changes);
        work(batch).finish(planned(changes));
        listener.applied(changes, clock.instant());
        Version last = changes.getLast().version();
        applied = applied.filter(before -> before.compareTo(last) > 0).or(() -> Optional.of(last));
    }

    private Work work(Batch batch) {
        return new Work(asker, delivery, batch.transactions(), purges -> edges.purge(purges, batch.transactions()));
    }

    private List<Work.Planned> planned(List<Change> changes) {
        List<Work.Planned> planned = new ArrayList<>(changes.size());
        for (Change change : changes) {
            planned.add(new Work.Planned(change, rules.planner().plan(change)));
        }
        return planned;
    }

    /** Stores how far everything is done, and beyond that the target alone; the source may forget what is done. */
    private void settle(ChangeSource source) throws StandDownException, InterruptedException {
        Optional<Progress> step = edges.reached();
        reached = step.map(Progress::checkpoint).or(() -> reached);
        if (reached.isEmpty()) {
            return;
        }
        // Asked behind what is done: what was parked until then is told of.
        Checkpoint next = owing(reached.get()).applied(ahead(step)).owedToEdges(edges.isKept());
        if (step.isPresent() || !stored.equals(Optional.of(next))) {
            save(next);
            stored = Optional.of(next);
            edges.said(next.isOwedToEdges());
            repetition.saved(next);
        }
        if (step.isPresent()) {
            done(source, step.get());
        }
    }

    private Checkpoint owing(Checkpoint checkpoint) {
        return edges.isOwing() ? checkpoint.owing(Owed.EVERYTHING) : resync.owing(checkpoint);
    }

    /** How far the target is beyond what is done. Only what is done takes that back: batches may be held meanwhile. */
    private Optional<Version> ahead(Optional<Progress> step) {
        if (edges.isBehind() || replay.isUnderWay()) {
            isAhead = true;
        } else if (step.isPresent()) {
            isAhead = false;
        }
        return isAhead ? applied : Optional.empty();
    }

    private void done(ChangeSource source, Progress step) throws StandDownException, InterruptedException {
        Checkpoint checkpoint = step.checkpoint();
        if (step.forms().isPresent()) {
            keep(
                    new Lead(checkpoint.sourceEpoch(), source.leaderEpoch()),
                    step.forms().get());
        }
        if (step.isRead()) {
            delivery.insist(() -> {
                errand.done();
                return true;
            });
        }
        source.acknowledge(checkpoint);
    }

    /** Asked for by whoever opens a source. */
    private final class LastCheckpoint implements SourceOpener.LastCheckpoint {
        private final Optional<String> doubt;
        private Optional<Checkpoint> last = Optional.empty();
        private boolean resyncAsked;

        LastCheckpoint(Optional<String> doubt) {
            this.doubt = doubt;
        }

        @Override
        public Optional<Checkpoint> load() throws InterruptedException {
            last = ask(checkpoints::load);
            if (saved.isMissedIn(last)) {
                listener.targetWentBack();
            }
            resyncAsked = ask(errand::isTakenUp);
            return last;
        }

        @Override
        public Map<TableId, TableForm> forms() throws InterruptedException {
            return ask(forms::load);
        }

        private <T> T ask(Store<T> store) throws InterruptedException {
            while (true) {
                try {
                    T answer = store.load();
                    delivery.back();
                    return answer;
                } catch (TargetAwayException e) {
                    delivery.pause(String.valueOf(e.getMessage()));
                }
            }
        }

        @Override
        public Optional<String> doubt() {
            return doubt;
        }

        @Override
        public boolean isResyncAsked() {
            return resyncAsked;
        }

        Optional<Checkpoint> checkpoint() {
            return last;
        }
    }

    private interface Store<T> {
        T load() throws TargetAwayException;
    }

    private void keep(Lead lead, Map<TableId, TableForm> tables) throws StandDownException, InterruptedException {
        delivery.insist(() -> {
            forms.save(lead, tables);
            return tables;
        });
    }

    private void save(Checkpoint checkpoint) throws StandDownException, InterruptedException {
        saved.isTried(checkpoint);
        delivery.insist(() -> {
            checkpoints.save(checkpoint);
            return checkpoint;
        });
        saved.isSaved();
        listener.checkpointed(checkpoint);
    }
}
