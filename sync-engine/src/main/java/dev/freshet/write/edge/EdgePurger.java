package dev.freshet.write.edge;

/**
 * Speaks to one provider, or to one node of an edge that has several. It knows neither what waits nor what was sent: a call goes out,
 * what became of it comes back. Several threads use it at once, as many as {@link dev.freshet.rules.edge.EdgeType#callsUnderWay}.
 *
 * <p>A call that is made again purges the same again, which does no harm.
 */
public interface EdgePurger extends AutoCloseable {
    /**
     * Makes one call and returns what became of it, within the edge's timeout.
     *
     * @throws InterruptedException where the process ends
     */
    PurgeReply purge(PurgeCall call) throws InterruptedException;

    @Override
    default void close() {}
}
