package dev.freshet.edges;

import dev.freshet.rules.edge.Budget;
import dev.freshet.rules.edge.Edge;
import dev.freshet.rules.edge.EdgeName;
import dev.freshet.rules.edge.EdgeOption;
import dev.freshet.rules.edge.EdgeType;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Edges as files say them; for an adapter their options and their timeout alone matter. */
final class Configured {
    private static final Duration PATIENT = Duration.ofSeconds(5);
    private static final Duration IMPATIENT = Duration.ofMillis(200);

    private Configured() {}

    /** @param options texts by key */
    static Edge edge(EdgeType type, Map<String, String> options) {
        return edge(type, options, PATIENT);
    }

    /** One whose calls end before anybody answers that hangs. */
    static Edge impatient(EdgeType type, Map<String, String> options) {
        return edge(type, options, IMPATIENT);
    }

    private static Edge edge(EdgeType type, Map<String, String> options, Duration timeout) {
        var members = new LinkedHashMap<String, EdgeOption>();
        options.forEach((key, text) -> members.put(key, new EdgeOption.Text(text)));
        return new Edge(
                new EdgeName("site"),
                type,
                false,
                Edge.DEFAULT_MAX_DELAY,
                type.gather(),
                timeout,
                Edge.Outbox.LOG,
                Edge.OnGap.TELL,
                type.plans().getFirst(),
                Budget.AS_PLANNED,
                new EdgeOption.Members(members));
    }
}
