package dev.freshet.pipeline;

import dev.freshet.change.TableId;
import dev.freshet.checkpoint.Checkpoint;
import dev.freshet.checkpoint.TableForm;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Batches that are in the target, whose purges may be under way still: which of them are done, all before them included. Used by one
 * thread.
 *
 * <p>Where many wait, some stand for those before them, so that memory is bounded: the checkpoint moves in longer strides then.
 */
final class Frontier {
    private static final int MOST = 1_000;

    private final Deque<Step> steps = new ArrayDeque<>();

    /**
     * Some batches one after the other, done together.
     *
     * @param ticket of the last
     * @param checkpoint behind the last
     * @param forms of the last that has some
     * @param isRead whether behind one of them no more rows came that were there before
     */
    record Step(long ticket, Checkpoint checkpoint, Optional<Map<TableId, TableForm>> forms, boolean isRead) {
        Step then(Step later) {
            return new Step(later.ticket, later.checkpoint, later.forms.or(() -> forms), isRead || later.isRead);
        }
    }

    /** A batch is in the target. */
    void add(long ticket, Batch batch) {
        steps.add(new Step(ticket, batch.checkpoint(), batch.forms(), !batch.isReading()));
        if (steps.size() > MOST) {
            thin();
        }
    }

    private void thin() {
        Deque<Step> fewer = new ArrayDeque<>();
        Iterator<Step> all = steps.iterator();
        while (all.hasNext()) {
            Step step = all.next();
            fewer.add(all.hasNext() ? step.then(all.next()) : step);
        }
        steps.clear();
        steps.addAll(fewer);
    }

    /**
     * What is done by now, and was not before.
     *
     * @param undone the least ticket that is not
     */
    Optional<Step> reached(OptionalLong undone) {
        Optional<Step> reached = Optional.empty();
        while (!steps.isEmpty() && (undone.isEmpty() || steps.element().ticket() < undone.getAsLong())) {
            Step next = steps.remove();
            reached = Optional.of(reached.map(before -> before.then(next)).orElse(next));
        }
        return reached;
    }

    boolean isEmpty() {
        return steps.isEmpty();
    }
}
