package dev.freshet.pipeline;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BinaryOperator;

/**
 * Steps that are in the target, whose purges may be under way still: which of them are done, all before them included. Used by one
 * thread.
 *
 * <p>Where many wait, some stand for those before them, so that memory is bounded: the checkpoint moves in longer strides then.
 *
 * @param <S> what one batch, or some one after the other, lets be stored
 */
final class Frontier<S> {
    private static final int MOST = 1_000;

    private final BinaryOperator<S> then;
    private final Deque<Held<S>> steps = new ArrayDeque<>();

    private record Held<S>(long ticket, S step) {}

    /** @param then makes one step of two, the second behind the first */
    Frontier(BinaryOperator<S> then) {
        this.then = then;
    }

    /** It is in the target. */
    void add(long ticket, S step) {
        steps.add(new Held<>(ticket, step));
        if (steps.size() > MOST) {
            thin();
        }
    }

    private void thin() {
        Deque<Held<S>> fewer = new ArrayDeque<>();
        Iterator<Held<S>> all = steps.iterator();
        while (all.hasNext()) {
            Held<S> held = all.next();
            fewer.add(all.hasNext() ? both(held, all.next()) : held);
        }
        steps.clear();
        steps.addAll(fewer);
    }

    private Held<S> both(Held<S> first, Held<S> second) {
        return new Held<>(second.ticket(), then.apply(first.step(), second.step()));
    }

    /**
     * What is done by now, and was not before.
     *
     * @param undone the least ticket that is not
     */
    Optional<S> reached(OptionalLong undone) {
        Optional<S> reached = Optional.empty();
        while (!steps.isEmpty() && (undone.isEmpty() || steps.element().ticket() < undone.getAsLong())) {
            S next = steps.remove().step();
            reached =
                    Optional.of(reached.map(before -> then.apply(before, next)).orElse(next));
        }
        return reached;
    }

    boolean isEmpty() {
        return steps.isEmpty();
    }
}
