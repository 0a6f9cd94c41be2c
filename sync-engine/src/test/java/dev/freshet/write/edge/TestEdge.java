package dev.freshet.write.edge;

import dev.freshet.rules.edge.Budget;
import dev.freshet.rules.edge.Edge;
import dev.freshet.rules.edge.EdgeName;
import dev.freshet.rules.edge.EdgeOption;
import dev.freshet.rules.edge.EdgeType;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Edges as a file describes them. */
public final class TestEdge {
    private TestEdge() {}

    public static Edge of(EdgeType type, Duration timeout, Map<String, EdgeOption> options) {
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
                new EdgeOption.Members(options));
    }

    /** Keys and texts by turns. */
    public static Map<String, EdgeOption> texts(String... keysAndTexts) {
        Map<String, EdgeOption> options = new LinkedHashMap<>();
        for (int i = 0; i < keysAndTexts.length; i += 2) {
            options.put(keysAndTexts[i], new EdgeOption.Text(keysAndTexts[i + 1]));
        }
        return options;
    }
}
