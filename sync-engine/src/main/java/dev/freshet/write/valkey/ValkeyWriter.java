package dev.freshet.write.valkey;

import dev.freshet.plan.Operation;
import dev.freshet.write.Sweeping;
import dev.freshet.write.Terms;
import dev.freshet.write.WriteResult;
import dev.freshet.write.Writer;
import java.util.Collections;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Writes to one Valkey or Redis server. Each write is fenced: it changes nothing where a newer version stands, where a
 * later leader wrote the same version, or where it arrives later than half the fence window after this
 * process was last known to lead. The same operations may be written
 * again at any time. A message is added to a stream once, and told to a channel at least once.
 */
public final class ValkeyWriter implements Writer {
    private final ValkeyConnection connection;
    private final String pipeline;
    private final LongSupplier leaderEpoch;

    /**
     * A writer on a connection that outlives it.
     *
     * @param connection closed by whoever made it
     * @param pipeline whose messages are added to a stream in order, and once each
     * @param leaderEpoch asked at every write: the unsigned epoch under which this process leads
     */
    public ValkeyWriter(ValkeyConnection connection, String pipeline, LongSupplier leaderEpoch) {
        this.connection = connection;
        this.pipeline = pipeline;
        this.leaderEpoch = leaderEpoch;
    }

    @Override
    public List<WriteResult> write(List<Operation> operations, Terms terms) throws InterruptedException {
        return switch (connection.link()) {
            case Attempt.Away(WriteResult.RetryAfter why, boolean shut) -> Collections.nCopies(operations.size(), why);
            case Attempt.Linked(Link link) -> write(link, operations, terms);
        };
    }

    /** Nothing: the connection is not the writer's own. */
    @Override
    public void close() {}

    @Override
    public Sweeping sweeping(List<Operation.Scan> sweeps) {
        return new PagedSweep(connection, sweeps, leaderEpoch);
    }

    private List<WriteResult> write(Link link, List<Operation> operations, Terms terms) throws InterruptedException {
        ValkeyTarget target = connection.target();
        Departures departures = new Departures(target, terms);
        return new Delivery(target, link, pipeline, leaderEpoch.getAsLong(), departures, operations).deliver();
    }
}
