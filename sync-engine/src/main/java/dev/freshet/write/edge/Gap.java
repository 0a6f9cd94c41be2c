package dev.freshet.write.edge;

import dev.freshet.change.Version;
import dev.freshet.plan.EdgeTarget;
import dev.freshet.plan.Operation;
import dev.freshet.rules.RuleName;
import dev.freshet.rules.edge.Edge;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What an edge is told where nobody knows what it should have been told. */
final class Gap {
    private static final RuleName ON_GAP = new RuleName("on_gap");
    private static final Version ANY = new Version(0, 0, 0, 0);

    private Gap() {}

    /** Nothing where the file does not want everything purged. */
    static List<Operation.Purge> repair(Edge edge, Instant at) {
        return switch (edge.onGap()) {
            case PURGE_ALL ->
                List.of(new Operation.Purge(
                        ON_GAP, ANY, at, edge.name(), new EdgeTarget.Everything(), false, Optional.empty(), List.of()));
            case TELL -> List.of();
        };
    }
}
