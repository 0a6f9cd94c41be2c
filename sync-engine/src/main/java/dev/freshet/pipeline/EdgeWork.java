package dev.freshet.pipeline;

import dev.freshet.change.Transactions;
import dev.freshet.checkpoint.Checkpoint;
import dev.freshet.checkpoint.Owed;
import dev.freshet.checkpoint.StandDownException;
import dev.freshet.plan.Operation;
import dev.freshet.write.Purger;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The edges' part of the work: what was handed over, how far that is done, and so how far the checkpoint may go. The target does not
 * wait for it. Used by the pipeline's thread.
 */
final class EdgeWork {
    private static final Duration TO_DRAIN = Duration.ofSeconds(5);
    private static final Duration LOOK = Duration.ofMillis(100);

    private final Purger purger;
    private final Delivery delivery;
    private Frontier frontier = new Frontier();
    private long ticket;
    private OptionalLong gap = OptionalLong.empty();

    EdgeWork(Purger purger, Delivery delivery) {
        this.purger = purger;
        this.delivery = delivery;
    }

    /** A source begins; what was handed over before goes on being done, and comes first. */
    void begin() {
        frontier = new Frontier();
        gap = OptionalLong.empty();
        purger.begin();
    }

    /** What is handed over from now on is of another batch. */
    void next() {
        ticket++;
    }

    void purge(List<Operation.Purge> purges, Transactions visible) {
        purger.take(ticket, purges, visible);
    }

    /** A batch is in the target, and its purges are handed over. */
    void applied(Batch batch) {
        frontier.add(ticket, batch);
    }

    /** Changes were missed, and the target is right again. */
    void missed() {
        next();
        purger.missed(ticket);
        gap = OptionalLong.of(ticket);
    }

    /** How far everything is done, where that moved. What will never be taken is set aside. */
    Optional<Frontier.Step> reached() throws InterruptedException {
        List<Purger.Refused> refused = purger.refused();
        if (!refused.isEmpty()) {
            delivery.setAside(refused.stream()
                    .map(each -> DeadLetters.of(each.purge(), each.reason()))
                    .toList());
            purger.setAside(refused);
        }
        return frontier.reached(purger.undone());
    }

    /** Whether the target is ahead of the edges. */
    boolean isBehind() {
        return !frontier.isEmpty();
    }

    /** As long as an edge has to be purged for what was missed, whoever begins again has to find that out again. */
    Checkpoint owing(Checkpoint checkpoint) {
        OptionalLong undone = purger.undone();
        boolean isClosed = gap.isEmpty() || undone.isEmpty() || undone.getAsLong() > gap.getAsLong();
        if (isClosed) {
            gap = OptionalLong.empty();
        }
        return isClosed ? checkpoint : checkpoint.owing(Owed.EVERYTHING);
    }

    /** Whether the source has to deliver once more what could not be held. */
    boolean wantsAgain() {
        return purger.wantsAgain();
    }

    /** Something that is done now and then. */
    interface Look {
        void look() throws InterruptedException, StandDownException;
    }

    /** The process is about to end: returns when everything is done, or after some seconds. */
    void drain(Look look) throws InterruptedException, StandDownException {
        long begun = System.nanoTime();
        purger.hurry();
        while (isBehind() && System.nanoTime() - begun < TO_DRAIN.toNanos()) {
            purger.await(LOOK);
            look.look();
        }
    }
}
