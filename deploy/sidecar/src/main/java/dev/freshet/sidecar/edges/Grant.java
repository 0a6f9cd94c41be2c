package dev.freshet.sidecar.edges;

import dev.freshet.rules.edge.Edge;
import dev.freshet.rules.edge.EdgeType;
import dev.freshet.rules.edge.Plan;
import dev.freshet.rules.edge.Rate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a provider takes of some kinds of names together.
 *
 * @param rate empty: as much as it answers
 */
record Grant(List<Edge.Kind> kinds, Optional<Rate> rate) {
    Grant {
        kinds = List.copyOf(kinds);
    }

    /** Those of a plan; each kind stands in one of them. */
    static List<Grant> of(EdgeType type, Plan plan) {
        Map<Optional<Rate>, List<Edge.Kind>> together = new LinkedHashMap<>();
        for (Edge.Kind kind : Edge.Kind.values()) {
            if (type.ability(kind).isPresent()) {
                together.computeIfAbsent(Optional.ofNullable(plan.rates().get(kind)), rate -> new ArrayList<>())
                        .add(kind);
            }
        }
        return together.entrySet().stream()
                .map(entry -> new Grant(entry.getValue(), entry.getKey()))
                .toList();
    }
}
