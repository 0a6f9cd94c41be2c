package dev.freshet.write;

import dev.freshet.plan.Operation;
import java.util.List;

/** Applies operations to one target. Used by one thread. */
public interface Writer extends AutoCloseable {
    /**
     * Applies the operations in order and looks at every reply.
     *
     * @param operations no {@link Operation.Purge}; at most one {@link Operation.Put} or {@link Operation.Invalidate} a key; removals of one key by
     *     different owners may stand beside each other; what one change says to a stream stands in one list, since the stream
     *     takes it at once
     * @return one result an operation, in the same order; never shorter
     */
    List<WriteResult> write(List<Operation> operations, Terms terms) throws InterruptedException;

    /**
     * A pass that removes what sweeps match and is older than they are, beside other writes.
     *
     * @param sweeps what {@link #write} would do with them in one go
     */
    Sweeping sweeping(List<Operation.Scan> sweeps);

    @Override
    void close();
}
