package dev.freshet.write.edge;

import dev.freshet.plan.EdgeTarget;
import dev.freshet.plan.Operation;
import dev.freshet.rules.RuleName;
import dev.freshet.rules.edge.Edge;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Chooses what is replaced by what it escalates to, where more waits than leaves in time. */
final class Escalation {
    private Escalation() {}

    /** What is replaced together: names of one kind that rules want and, at the same height, want replaced. */
    private record Rung(Edge.Kind kind, List<Wish> wishes) {
        record Wish(RuleName rule, int levels) {}

        static Rung of(Waiting item) {
            return new Rung(
                    item.kind(),
                    item.wanted().stream()
                            .map(purge ->
                                    new Wish(purge.rule(), purge.escalate().size()))
                            .sorted(Comparator.comparing(
                                            (Wish wish) -> wish.rule().text())
                                    .thenComparingInt(Wish::levels))
                            .toList());
        }
    }

    /** The most names that can be replaced together, of these kinds; empty where none can. */
    static Optional<List<Waiting>> next(Collection<Waiting> waiting, Set<Edge.Kind> kinds) {
        Map<Rung, List<Waiting>> rungs = new HashMap<>();
        for (Waiting item : waiting) {
            if (kinds.contains(item.kind()) && item.canEscalate()) {
                rungs.computeIfAbsent(Rung.of(item), rung -> new ArrayList<>()).add(item);
            }
        }
        return rungs.values().stream().max(Comparator.comparingInt(List::size));
    }

    /** What is purged instead of one, for all who want it. */
    static List<Operation.Purge> instead(Waiting item) {
        List<Operation.Purge> instead = new ArrayList<>();
        for (Operation.Purge purge : item.wanted()) {
            List<Set<EdgeTarget>> further =
                    purge.escalate().subList(1, purge.escalate().size());
            for (EdgeTarget target : purge.escalate().getFirst()) {
                instead.add(new Operation.Purge(
                        purge.rule(),
                        purge.version(),
                        purge.committedAt(),
                        purge.edge(),
                        target,
                        false,
                        purge.againAfter(),
                        further));
            }
        }
        return instead;
    }
}
