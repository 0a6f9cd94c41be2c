package dev.freshet.write;

import dev.freshet.change.Transactions;
import dev.freshet.plan.Operation;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/**
 * Takes purges of edges over once the cache acknowledged the changes that they come from, and sees them done in its own time: no call
 * waits for an edge but {@link #await}. What was taken together bears a ticket; tickets grow. Used by one thread.
 */
public interface Purger extends AutoCloseable {
    /** For rules that purge nothing. */
    Purger NONE = new Purger() {
        @Override
        public void take(long ticket, List<Operation.Purge> purges, Transactions visible) {
            throw new IllegalStateException("rules without edges purge " + purges);
        }
    };

    /**
     * Something that no edge will ever take.
     *
     * @param number tells it from others of the same edge
     * @param purge one of those that wanted it
     * @param reason why not; holds no secret
     */
    record Refused(long number, Operation.Purge purge, String reason) {}

    /**
     * A source begins: what had to be left out before comes again, if it matters still.
     *
     * @param isKept what {@link #isKept} said last, as far as that outlived the process
     */
    default void begin(boolean isKept) {}

    /**
     * Whether something is kept durably that is not purged: to be stored with everything that relies on it, and then {@link #said}, so
     * that its loss is noticed.
     */
    default boolean isKept() {
        return false;
    }

    /** What was stored of {@link #isKept}. */
    default void said(boolean isKept) {}

    /**
     * Takes purges over; may be told of one ticket piece by piece.
     *
     * @param visible whose changes a reader has to see before anything leaves, or an edge would be filled with what was before
     */
    void take(long ticket, List<Operation.Purge> purges, Transactions visible);

    /** Changes were missed, nobody knows which, and the cache is right again. */
    default void missed(long ticket) {}

    /** The least ticket of which something is not done: neither acknowledged nor kept somewhere durable. */
    default OptionalLong undone() {
        return OptionalLong.empty();
    }

    /** What was refused; it is not done until {@link #setAside} is told of it. */
    default List<Refused> refused() {
        return List.of();
    }

    /** These were stored for a person to look at. */
    default void setAside(List<Refused> stored) {}

    /** Whether there is room again for what had to be left out: the source should deliver it once more. */
    default boolean wantsAgain() {
        return false;
    }

    /** Nothing waits for others any more: the process is about to end. */
    default void hurry() {}

    /** Returns when something more may be done, or after as long. */
    default void await(Duration atMost) throws InterruptedException {}

    @Override
    default void close() {}
}
