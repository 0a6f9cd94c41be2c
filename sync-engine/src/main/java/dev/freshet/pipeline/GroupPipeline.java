package dev.freshet.pipeline;

import dev.freshet.change.Change;
import dev.freshet.change.Transactions;
import dev.freshet.checkpoint.CheckpointStore;
import dev.freshet.checkpoint.Positions;
import dev.freshet.checkpoint.SentPositions;
import dev.freshet.checkpoint.StandDownException;
import dev.freshet.deadletter.DeadLetterStore;
import dev.freshet.observe.PipelineListener;
import dev.freshet.plan.Operation;
import dev.freshet.plan.Plan;
import dev.freshet.plan.Removal;
import dev.freshet.write.Purger;
import dev.freshet.write.Writer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The work of one member of a group that shares the partitions of topics: takes what its partitions hold, plans, coalesces, writes,
 * and acknowledges positions. What one share holds is in the target before the next is planned; its purges are done in their own time,
 * and positions wait for them.
 *
 * <p>Rows that feed one entry may come on several partitions, in any order and to several members: the fence decides by version which
 * is the last, whoever writes it. If a member dies, or loses a partition, what it did not acknowledge comes again to another one:
 * writes of equal version apply again and change nothing.
 */
public final class GroupPipeline {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofMillis(100);
    private static final long LEAST_RUN_NANOS = Duration.ofSeconds(10).toNanos();

    private final GroupSources sources;
    private final Succession rules;
    private final Delivery delivery;
    private final Asker asker;
    private final SentPositions sent;
    private final Leadership leadership;
    private final Unacknowledged unacknowledged = new Unacknowledged();
    private final EdgeWork<Positions> edges;
    private final GroupTerms terms;
    private final PipelineListener listener;
    private final InstantSource clock;
    private final Stop stop = new Stop();
    private final Backoff pauses = new Backoff(FIRST_PAUSE, LONGEST_PAUSE);

    /**
     * A member that {@link #run} starts.
     *
     * @param rules by which it plans
     * @param purger sees to the edges that rules purge
     * @param store where members agree on their term
     * @param sent told what is written before it is
     * @param leadership claimed for the term, by all members alike
     * @param onGap what is done where records are gone that were not done
     * @param clock tells when changes were applied, for the listener alone, and the epochs of terms
     */
    public GroupPipeline(
            GroupSources sources,
            Succession rules,
            Queries queries,
            Writer writer,
            Purger purger,
            CheckpointStore store,
            SentPositions sent,
            DeadLetterStore deadLetters,
            Leadership leadership,
            OnGap onGap,
            PipelineListener listener,
            InstantSource clock) {
        this.sources = sources;
        this.rules = rules;
        this.sent = sent;
        this.leadership = leadership;
        this.listener = listener;
        this.clock = clock;
        this.delivery = new Delivery(writer, deadLetters, leadership, listener, clock, stop);
        this.asker = new Asker(queries, delivery, listener, stop);
        this.edges = new EdgeWork<>(purger, delivery, Positions::then);
        this.terms = new GroupTerms(sources, rules, store, delivery, onGap, listener, clock);
    }

    /** Runs until {@link #stop} or an interrupt; joins again whenever its source is lost. */
    public void run() {
        Optional<GroupTerms.Gap> gap = Optional.empty();
        try {
            while (!stop.isAsked()) {
                try {
                    gap = work(terms.agree(gap));
                } catch (SourceLostException | StandDownException e) {
                    lost(e);
                }
            }
        } catch (InterruptedException e) {
            if (!stop.isAsked()) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void lost(Exception e) throws InterruptedException {
        if (e instanceof DecisionNeededException) {
            listener.decisionNeeded(String.valueOf(e.getMessage()));
        }
        listener.sourceLost(String.valueOf(e.getMessage()), pauses.attempt());
        stop.await(pauses.next());
    }

    /** Ends {@link #run} soon; safe from any thread. What is not acknowledged by then comes again, to whoever goes on. */
    public void stop() {
        stop.ask();
    }

    /** @return why the term cannot be gone on with, where that is why it ended */
    private Optional<GroupTerms.Gap> work(Term term)
            throws SourceLostException, StandDownException, InterruptedException {
        try {
            follow(term);
            return Optional.empty();
        } catch (GroupSources.GapException e) {
            lost(e);
            return Optional.of(new GroupTerms.Gap(term, String.valueOf(e.getMessage())));
        }
    }

    private void follow(Term term)
            throws SourceLostException, GroupSources.GapException, StandDownException, InterruptedException {
        try (GroupSource source = sources.open(term)) {
            listener.sourceOpened(false);
            edges.begin(false);
            long begun = System.nanoTime();
            while (!stop.isAsked()) {
                Optional<Share> share = source.take(PATIENCE);
                if (share.isPresent()) {
                    apply(share.get(), term);
                    pauses.succeeded();
                }
                settle(source, term);
                if (terms.isOver()) {
                    listener.resyncAsked();
                    return;
                }
                if (edges.wantsAgain() && System.nanoTime() - begun > LEAST_RUN_NANOS) {
                    listener.edgesWantAgain();
                    return;
                }
            }
            edges.drain(() -> settle(source, term));
        }
    }

    private void apply(Share share, Term term) throws StandDownException, InterruptedException {
        if (share.beginsAnew()) {
            edges.missed();
        }
        announce(share.positions(), term);
        edges.next();
        delivery.setAside(
                share.unread().stream().map(each -> DeadLetters.of(each, term)).toList());
        List<Change> all = new ArrayList<>(share.doubtful());
        all.addAll(share.changes());
        listener.taken(all);
        work(share.transactions())
                .finish(share.doubtful().stream().map(this::removing).toList());
        work(share.transactions())
                .finish(share.changes().stream().map(this::planned).toList());
        // Some records say nothing of rows, and where partitions begin there are none.
        if (!all.isEmpty()) {
            listener.applied(all, clock.instant());
        }
        edges.applied(share.positions());
        listener.finished();
    }

    private Work work(Transactions transactions) {
        return new Work(asker, delivery, transactions, purges -> edges.purge(purges, transactions));
    }

    private Work.Planned planned(Change change) {
        return new Work.Planned(change, rules.planner().plan(change));
    }

    /** An entry that is missing is right, one that is older than it was is not. */
    private Work.Planned removing(Change change) {
        Plan plan = rules.planner().plan(change);
        List<Operation> operations = plan.operations().stream()
                .map(operation -> Removal.insteadOf(operation).orElse(operation))
                .toList();
        return new Work.Planned(change, new Plan(operations, plan.failures(), plan.fanOuts()));
    }

    private void announce(Positions positions, Term term) throws StandDownException, InterruptedException {
        delivery.insist(() -> {
            Instant now = leadership.ledAt();
            unacknowledged.announced(sent.announce(term.epoch(), positions, now), now);
            return now;
        });
    }

    private void settle(GroupSource source, Term term) throws StandDownException, InterruptedException {
        Optional<Positions> done = edges.reached();
        if (done.isPresent()) {
            source.acknowledge(done.get());
        }
        List<SentPositions.Left> left = unacknowledged.acknowledged(source.stored());
        if (!left.isEmpty()) {
            delivery.insist(() -> {
                sent.acknowledged(term.epoch(), left);
                return left;
            });
        }
    }
}
