package dev.freshet.pipeline;

import dev.freshet.change.Transactions;
import dev.freshet.checkpoint.StandDownException;
import dev.freshet.plan.Operation;
import dev.freshet.write.Purger;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BinaryOperator;

/**
 * The edges' part of the work: what was handed over, how far that is done, and so how far the checkpoint may go. The target does not
 * wait for it. Used by the pipeline's thread.
 *
 * @param <S> as of {@link Frontier}
 */
final class EdgeWork<S> {
    private static final Duration TO_DRAIN = Duration.ofSeconds(5);
    private static final Duration LOOK = Duration.ofMillis(100);

    private final Purger purger;
    private final Delivery delivery;
    private final BinaryOperator<S> then;
    private Frontier<S> frontier;
    private long ticket;
    private OptionalLong gap = OptionalLong.empty();

    EdgeWork(Purger purger, Delivery delivery, BinaryOperator<S> then) {
        this.purger = purger;
        this.delivery = delivery;
        this.then = then;
        this.frontier = new Frontier<>(then);
    }

    /** Whether purges are kept durably, which has to be stored with how far everything is done. */
    boolean isKept() {
        return purger.isKept();
    }

    /** It is stored. */
    void said(boolean isKept) {
        purger.said(isKept);
    }

    /** A source begins; what was handed over before goes on being done, and comes first. */
    void begin(boolean isKept) {
        frontier = new Frontier<>(then);
        gap = OptionalLong.empty();
        purger.begin(isKept);
    }

    /** What is handed over from now on is of another batch. */
    void next() {
        ticket++;
    }

    void purge(List<Operation.Purge> purges, Transactions visible) {
        purger.take(ticket, purges, visible);
    }

    /** What was handed over last is in the target but for its purges. */
    void applied(S step) {
        frontier.add(ticket, step);
    }

    /** Changes were missed, and the target is right again. */
    void missed() {
        next();
        purger.missed(ticket);
        gap = OptionalLong.of(ticket);
    }

    /** How far everything is done, where that moved. What will never be taken is set aside. */
    Optional<S> reached() throws InterruptedException {
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

    /** Whether an edge is still to be purged for what was missed: whoever begins again has to find that out again. */
    boolean isOwing() {
        OptionalLong undone = purger.undone();
        if (gap.isPresent() && (undone.isEmpty() || undone.getAsLong() > gap.getAsLong())) {
            gap = OptionalLong.empty();
        }
        return gap.isPresent();
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
