package dev.freshet.sidecar.command;

import dev.freshet.connector.visibility.PostgresSight;
import dev.freshet.observe.EdgeListeners;
import dev.freshet.observe.EdgeLog;
import dev.freshet.observe.EdgeMetrics;
import dev.freshet.rules.edge.Edge;
import dev.freshet.sidecar.admin.Health;
import dev.freshet.write.EdgeListener;
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

/**
 * The edges of a running sidecar, with connections of their own to the database and the cache: what they wait for the pipeline does not.
 *
 * @param inUse what is closed behind the purger
 */
record Edges(Purger purger, List<AutoCloseable> inUse) implements AutoCloseable {
    private static final Edges NONE = new Edges(Purger.NONE, List.of());

    /** Purges that nobody would send hold the checkpoint for ever, so the process has to end, and another one begin. */
    private record EndOfAll(Runnable end) implements EdgeListener {
        @Override
        public void died(String thread, Throwable cause) {
            end.run();
        }
    }

    /**
     * None where rules purge nothing.
     *
     * @param whenOneDies is run where one of their threads died of a mistake
     */
    static Edges of(Preparation prepared, MeterRegistry registry, Health health, Runnable whenOneDies) {
        if (prepared.rules().edges().isEmpty()) {
            return NONE;
        }
        PostgresSight sight = prepared.database().sight();
        return of(
                prepared.rules().edges(),
                prepared.target(),
                prepared.source().pipeline(),
                sight::shows,
                List.of(sight),
                registry,
                health,
                whenOneDies);
    }

    /** Where there is no database to ask, whoever wrote a change elsewhere has seen it. */
    static Edges of(GroupPreparation prepared, MeterRegistry registry, Health health, Runnable whenOneDies) {
        return prepared.rules().edges().isEmpty()
                ? NONE
                : of(
                        prepared.rules().edges(),
                        prepared.target(),
                        prepared.source().pipeline(),
                        transactions -> true,
                        List.of(),
                        registry,
                        health,
                        whenOneDies);
    }

    private static Edges of(
            List<Edge> edges,
            ValkeyTarget target,
            String pipeline,
            Sight sight,
            List<AutoCloseable> inUse,
            MeterRegistry registry,
            Health health,
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
        health.look(lanes::states);
        List<AutoCloseable> all = new ArrayList<>(inUse);
        all.add(cache);
        return new Edges(lanes, all);
    }

    @Override
    public void close() {
        purger.close();
        for (AutoCloseable each : inUse) {
            try {
                each.close();
            } catch (Exception e) {
                throw new IllegalStateException("neither of them throws", e);
            }
        }
    }
}
