package dev.freshet.assembly;

import dev.freshet.observe.EdgeListeners;
import dev.freshet.observe.EdgeLog;
import dev.freshet.observe.EdgeMetrics;
import dev.freshet.rules.edge.Edge;
import dev.freshet.write.EdgeListener;
import dev.freshet.write.EdgeStates;
import dev.freshet.write.Purger;
import dev.freshet.write.edge.EdgeLanes;
import dev.freshet.write.edge.Sight;
import dev.freshet.write.valkey.ValkeyConnection;
import dev.freshet.write.valkey.ValkeyOutbox;
import dev.freshet.write.valkey.ValkeyTarget;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * The edges of what is running, with a connection of their own to the cache: what they wait for the pipeline does not.
 *
 * @param states how they are, to be asked from any thread
 * @param inUse what is closed behind the purger
 */
public record Edges(Purger purger, Supplier<EdgeStates> states, List<AutoCloseable> inUse) implements AutoCloseable {
    /** Of rules that purge nothing. */
    public static final Edges NONE = new Edges(Purger.NONE, () -> EdgeStates.NONE, List.of());

    /** Purges that nobody would send hold the checkpoint for ever, so all has to end, and begin anew. */
    private record EndOfAll(Runnable end) implements EdgeListener {
        @Override
        public void died(String thread, Throwable cause) {
            end.run();
        }
    }

    /**
     * Edges that are purged from now on.
     *
     * @param edges one at least
     * @param sight tells what readers of the database see
     * @param besides is closed with them
     * @param whenOneDies is run where one of their threads died of a mistake
     */
    public static Edges of(
            List<Edge> edges,
            ValkeyTarget target,
            String pipeline,
            Sight sight,
            List<AutoCloseable> besides,
            MeterRegistry registry,
            Runnable whenOneDies) {
        ValkeyConnection cache = new ValkeyConnection(target);
        EdgeMetrics metrics = new EdgeMetrics(registry);
        EdgeLanes lanes = new EdgeLanes(
                edges,
                new EdgeAdapters(InstantSource.system()),
                new ValkeyOutbox(cache, pipeline),
                sight,
                new EdgeListeners(List.of(metrics, new EdgeLog(), new EndOfAll(whenOneDies))),
                EdgeLanes.Nature.own(),
                EdgeLanes.MOST_HELD);
        metrics.look(edges.stream().map(Edge::name).toList(), lanes::states);
        List<AutoCloseable> all = new ArrayList<>(besides);
        all.add(cache);
        return new Edges(lanes, lanes::states, all);
    }

    @Override
    public void close() {
        purger.close();
        for (AutoCloseable each : inUse) {
            try {
                each.close();
            } catch (Exception e) {
                throw new IllegalStateException("none of them throws", e);
            }
        }
    }
}
