package dev.freshet.write.edge;

import dev.freshet.change.Version;
import dev.freshet.plan.EdgeTag;
import dev.freshet.plan.EdgeTarget;
import dev.freshet.plan.Operation;
import dev.freshet.rules.RuleName;
import dev.freshet.rules.edge.Budget;
import dev.freshet.rules.edge.Edge;
import dev.freshet.rules.edge.EdgeName;
import dev.freshet.rules.edge.EdgeOption;
import dev.freshet.rules.edge.EdgeType;
import dev.freshet.rules.edge.Plan;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/** Edges and purges as tests need them. */
final class EdgesOf {
    private EdgesOf() {}

    static Edge edge(EdgeType type) {
        return edge(type, type.plans().getFirst(), Budget.AS_PLANNED, Duration.ofSeconds(30), Edge.Outbox.LOG);
    }

    static Edge keptInCache(EdgeType type) {
        return edge(type, type.plans().getFirst(), Budget.AS_PLANNED, Duration.ofSeconds(30), Edge.Outbox.CACHE);
    }

    /** One that takes {@code perMinute} calls, or names, a minute, and as many at once. */
    static Edge granted(EdgeType type, int perMinute, Duration maxDelay) {
        Budget budget = new Budget(OptionalInt.of(perMinute), OptionalInt.of(perMinute), OptionalLong.empty());
        return edge(type, type.plans().getFirst(), budget, maxDelay, Edge.Outbox.LOG);
    }

    static Edge aMonth(EdgeType type, long names) {
        Budget budget = new Budget(OptionalInt.empty(), OptionalInt.empty(), OptionalLong.of(names));
        return edge(type, type.plans().getFirst(), budget, Duration.ofSeconds(30), Edge.Outbox.LOG);
    }

    /** The same one, of which everything is purged after a gap. */
    static Edge purgedAfterGaps(Edge edge) {
        return new Edge(
                edge.name(),
                edge.type(),
                edge.soft(),
                edge.maxDelay(),
                edge.gather(),
                edge.timeout(),
                edge.outbox(),
                Edge.OnGap.PURGE_ALL,
                edge.plan(),
                edge.budget(),
                edge.options());
    }

    private static Edge edge(EdgeType type, Plan plan, Budget budget, Duration maxDelay, Edge.Outbox outbox) {
        return new Edge(
                new EdgeName("site"),
                type,
                false,
                maxDelay,
                type.gather(),
                Duration.ofSeconds(1),
                outbox,
                Edge.OnGap.TELL,
                plan,
                budget,
                new EdgeOption.Members(Map.of("header", new EdgeOption.Text("Cache-Tag"))));
    }

    static Operation.Purge purge(String tag) {
        return purge(new EdgeTarget.Tagged(new EdgeTag(tag)), false, Optional.empty(), List.of());
    }

    static Operation.Purge softly(String tag) {
        return purge(new EdgeTarget.Tagged(new EdgeTag(tag)), true, Optional.empty(), List.of());
    }

    static Operation.Purge twice(String tag, Duration after) {
        return purge(new EdgeTarget.Tagged(new EdgeTag(tag)), false, Optional.of(after), List.of());
    }

    static Operation.Purge url(String url) {
        return purge(new EdgeTarget.Url(url), false, Optional.empty(), List.of());
    }

    static Operation.Purge everything() {
        return purge(new EdgeTarget.Everything(), false, Optional.empty(), List.of());
    }

    /** @param levels a tag each; {@code *} for everything */
    static Operation.Purge escalating(String tag, String... levels) {
        List<Set<EdgeTarget>> escalate = List.of(levels).stream()
                .<Set<EdgeTarget>>map(level -> Set.of(
                        level.equals("*") ? new EdgeTarget.Everything() : new EdgeTarget.Tagged(new EdgeTag(level))))
                .toList();
        return purge(new EdgeTarget.Tagged(new EdgeTag(tag)), false, Optional.empty(), escalate);
    }

    static Operation.Purge purge(
            EdgeTarget target, boolean soft, Optional<Duration> again, List<Set<EdgeTarget>> escalate) {
        return new Operation.Purge(
                new RuleName("product"),
                new Version(1, 0, 7, 0),
                Instant.EPOCH,
                new EdgeName("site"),
                target,
                soft,
                again,
                escalate);
    }
}
