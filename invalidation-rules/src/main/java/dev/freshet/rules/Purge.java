package dev.freshet.rules;

import dev.freshet.rules.edge.Edge;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Objects of edges that go when a row changes.
 *
 * @param edges where; at least one, each of which can
 * @param soft empty: as each edge has it
 * @param againAfter when to purge once more, for responses that were under way; empty: never
 * @param escalate what to purge instead where too many wait, the first first
 */
public record Purge(
        Purged what, List<Edge> edges, Optional<Boolean> soft, Optional<Duration> againAfter, List<Purged> escalate) {
    public Purge {
        edges = List.copyOf(edges);
        escalate = List.copyOf(escalate);
    }
}
