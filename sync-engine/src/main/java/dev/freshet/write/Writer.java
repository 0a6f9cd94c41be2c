package dev.freshet.write;

import dev.freshet.plan.Operation;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

/** Applies operations to one target. Used by one thread. */
public interface Writer extends AutoCloseable {
    /**
     * Applies the operations in order and looks at every reply.
     *
     * @param operations at most one {@link Operation.Put} or {@link Operation.Invalidate} a key; removals of one key by
     *     different owners may stand beside each other; what one change says to a stream stands in one list, since the stream
     *     takes it at once
     * @param ledAt a moment, by the target's clock, at which this process led; asked again in long work. A write that arrives
     *     too long after it is refused by the target, so that a process that was stopped in between cannot write old data
     * @return one result an operation, in the same order; never shorter
     */
    List<WriteResult> write(List<Operation> operations, Supplier<Instant> ledAt) throws InterruptedException;

    @Override
    void close();
}
