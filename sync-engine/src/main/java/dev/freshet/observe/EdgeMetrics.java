package dev.freshet.observe;

import dev.freshet.rules.RuleName;
import dev.freshet.rules.edge.Edge;
import dev.freshet.rules.edge.EdgeName;
import dev.freshet.write.EdgeListener;
import dev.freshet.write.EdgeState;
import dev.freshet.write.EdgeStates;
import dev.freshet.write.LaneName;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * Counts what edges tell, and looks at them when it is asked. Labels are names of the file: edges, rules, kinds and outcomes. Safe from
 * any thread.
 *
 * <ul>
 *   <li>{@code freshet_commit_to_edge_seconds{edge}}: from the commit of the oldest change that waited for a name, by the database's
 *       clock, to the edge's acknowledgement; where an edge has nodes, of each
 *   <li>{@code freshet_purge_calls_total{edge,kind,outcome}}, {@code freshet_purge_call_seconds{edge}}: calls to its provider
 *   <li>{@code freshet_purges_total{edge,kind}}: names that were purged
 *   <li>{@code freshet_purges_escalated_total{edge,rule}}: names that were replaced by what their rule escalates to
 *   <li>{@code freshet_purges_waiting{edge}}, {@code freshet_purges_parked{edge}}, {@code freshet_purges_oldest_seconds{edge}}: names
 *       that are held, those of them that the cache keeps as well, and how long the first has waited
 *   <li>{@code freshet_purges_stored}: purges that the cache keeps, of all edges, also those that are not held here
 *   <li>{@code freshet_purges_unseen}: purges that wait until readers of the database see their changes
 *   <li>{@code freshet_edge_up{edge}}, {@code freshet_edge_behind{edge}}: 1 or 0; of nodes, the worst
 *   <li>{@code freshet_edge_gaps_total{edge}}: how often changes were missed, or purges that the cache kept were lost
 * </ul>
 */
public final class EdgeMetrics implements EdgeListener {
    private static final Duration FINEST = Duration.ofNanos(100_000);
    private static final Duration COARSEST = Duration.ofMinutes(10);

    private final MeterRegistry registry;
    private final Map<EdgeName, Timer> commitToEdge = new ConcurrentHashMap<>();

    public EdgeMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /**
     * Looks at edges whenever somebody asks for the metrics.
     *
     * @param names of all edges there are
     */
    public void look(List<EdgeName> names, Supplier<EdgeStates> states) {
        Gauge.builder("freshet.purges.unseen", () -> states.get().unseen()).register(registry);
        Gauge.builder("freshet.purges.stored", () -> states.get().stored()).register(registry);
        for (EdgeName name : names) {
            gauge(
                    "freshet.purges.waiting",
                    name,
                    states,
                    of -> of.mapToInt(EdgeState::waiting).max().orElse(0));
            gauge(
                    "freshet.purges.parked",
                    name,
                    states,
                    of -> of.mapToInt(EdgeState::parked).max().orElse(0));
            gauge(
                    "freshet.purges.oldest.seconds",
                    name,
                    states,
                    of -> of.mapToDouble(state -> state.oldest().toNanos() / 1e9)
                            .max()
                            .orElse(0));
            gauge("freshet.edge.up", name, states, of -> of.allMatch(EdgeState::isUp) ? 1 : 0);
            gauge("freshet.edge.behind", name, states, of -> of.anyMatch(EdgeState::isBehind) ? 1 : 0);
            Timer unused = timer(name);
        }
    }

    private void gauge(
            String metric, EdgeName name, Supplier<EdgeStates> states, ToDoubleFunction<Stream<EdgeState>> value) {
        Gauge.builder(
                        metric,
                        () -> value.applyAsDouble(states.get().lanes().stream()
                                .filter(state -> state.lane().edge().equals(name))))
                .tag("edge", name.text())
                .register(registry);
    }

    private Timer timer(EdgeName name) {
        return commitToEdge.computeIfAbsent(
                name,
                edge -> Timer.builder("freshet.commit.to.edge")
                        .description("From commit to the edge's acknowledgement")
                        .tag("edge", edge.text())
                        .publishPercentileHistogram()
                        .minimumExpectedValue(FINEST)
                        .maximumExpectedValue(COARSEST)
                        .register(registry));
    }

    @Override
    public void called(EdgeName edge, Edge.Kind kind, int names, Outcome outcome, Duration took) {
        registry.counter(
                        "freshet.purge.calls",
                        "edge",
                        edge.text(),
                        "kind",
                        kind.word(),
                        "outcome",
                        outcome.name().toLowerCase(Locale.ROOT))
                .increment();
        registry.timer("freshet.purge.call", "edge", edge.text()).record(took);
        if (outcome == Outcome.ACCEPTED) {
            registry.counter("freshet.purges", "edge", edge.text(), "kind", kind.word())
                    .increment(names);
        }
    }

    @Override
    public void purged(EdgeName edge, List<Instant> committed, Instant at) {
        Timer timer = timer(edge);
        for (Instant each : committed) {
            Duration age = Duration.between(each, at);
            timer.record(age.isNegative() ? Duration.ZERO : age);
        }
    }

    @Override
    public void escalated(EdgeName edge, RuleName rule, int names) {
        registry.counter("freshet.purges.escalated", "edge", edge.text(), "rule", rule.text())
                .increment(names);
    }

    @Override
    public void missed(EdgeName edge, boolean isPurged) {
        gap(edge);
    }

    @Override
    public void lost(LaneName lane, boolean isPurged) {
        gap(lane.edge());
    }

    private void gap(EdgeName edge) {
        registry.counter("freshet.edge.gaps", "edge", edge.text()).increment();
    }
}
