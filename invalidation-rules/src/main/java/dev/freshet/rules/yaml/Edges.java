package dev.freshet.rules.yaml;

import dev.freshet.rules.edge.Budget;
import dev.freshet.rules.edge.Edge;
import dev.freshet.rules.edge.EdgeName;
import dev.freshet.rules.edge.EdgeOption;
import dev.freshet.rules.edge.EdgeType;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The edges of one load, and which of them rules purge. */
final class Edges {
    private final Map<EdgeName, Edge> byName;
    private final Map<String, Spot> spots = new LinkedHashMap<>();
    private final Set<EdgeName> used = new HashSet<>();

    private final Optional<Edge> standIn;

    private Edges(Map<EdgeName, Edge> byName, Optional<Edge> standIn) {
        this.byName = byName;
        this.standIn = standIn;
    }

    static Edges none() {
        return new Edges(Map.of(), Optional.empty());
    }

    /** For rules whose edges are not at hand, and of which nobody will purge: every name is that of one that can everything. */
    static Edges standingIn() {
        EdgeType type = EdgeType.WEBHOOK;
        Edge any = new Edge(
                new EdgeName("any"),
                type,
                false,
                Edge.DEFAULT_MAX_DELAY,
                type.gather(),
                Edge.DEFAULT_TIMEOUT,
                Edge.Outbox.LOG,
                Edge.OnGap.TELL,
                type.plans().getFirst(),
                Budget.AS_PLANNED,
                new EdgeOption.Members(Map.of()));
        return new Edges(Map.of(any.name(), any), Optional.of(any));
    }

    static Edges read(Section top, Problems problems) {
        Edges edges = new Edges(new EdgesReader(problems).read(top), Optional.empty());
        top.node("edges").ifPresent(node -> {
            if (node instanceof Node.Mapping map) {
                map.members().forEach((name, edge) -> edges.spots.put(name, edge.spot()));
            }
        });
        return edges;
    }

    Collection<Edge> all() {
        return byName.values();
    }

    /** Every name that stands in the file, also of an edge that is wrong otherwise. */
    Set<String> names() {
        return spots.keySet();
    }

    boolean areNone() {
        return spots.isEmpty() && byName.isEmpty();
    }

    Optional<Edge> named(String name) {
        return Optional.ofNullable(byName.get(new EdgeName(name))).or(() -> standIn);
    }

    void use(List<Edge> edges) {
        edges.forEach(edge -> used.add(edge.name()));
    }

    void reportUnused(Problems problems) {
        byName.keySet().stream()
                .filter(name -> standIn.isEmpty())
                .filter(name -> !used.contains(name))
                .forEach(name -> problems.add(Problem.atName(at(name), Code.UNUSED, "no rule purges this edge")));
    }

    private Spot at(EdgeName name) {
        Spot spot = spots.get(name.text());
        if (spot == null) {
            throw new IllegalStateException("an edge that stands nowhere: " + name);
        }
        return spot;
    }
}
