package dev.freshet.write;

import dev.freshet.plan.Operation;
import java.util.List;

/** Applies operations to one target. Used by one thread. */
public interface Writer extends AutoCloseable {
    /**
     * Applies the operations in order and looks at every reply.
     *
     * @param operations at most one {@link Operation.Put} or {@link Operation.Invalidate} a key between two sweeps; removals
     *     of one key by different owners may stand beside each other
     * @param mandate by what right, and until when
     * @return one result an operation, in the same order; never shorter
     */
    List<WriteResult> write(List<Operation> operations, Mandate mandate) throws InterruptedException;

    @Override
    void close();
}
