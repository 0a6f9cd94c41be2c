package dev.freshet.sidecar.edges;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.rules.edge.Budget;
import dev.freshet.rules.edge.Edge;
import java.util.Collection;

/** The edges of a file, for programs. A figure that is bounded by nothing is left out. */
public final class EdgeJson {
    private EdgeJson() {}

    public static ObjectNode all(Collection<Edge> edges) {
        ObjectNode all = JsonNodeFactory.instance.objectNode();
        ArrayNode list = all.putArray("edges");
        edges.forEach(edge -> add(list.addObject(), edge));
        return all;
    }

    private static void add(ObjectNode json, Edge edge) {
        json.put("edge", edge.name().text()).put("type", edge.type().word());
        if (!edge.plan().name().isEmpty()) {
            json.put("plan", edge.plan().name());
        }
        Budget budget = edge.budget();
        budget.burst().ifPresent(burst -> json.withObject("/budget").put("burst", burst));
        budget.perMinute().ifPresent(perMinute -> json.withObject("/budget").put("per_minute", perMinute));
        budget.perMonth().ifPresent(perMonth -> json.withObject("/budget").put("per_month", perMonth));
        json.put("soft", edge.soft())
                .put("gather_ms", edge.gather().toMillis())
                .put("max_delay_ms", edge.maxDelay().toMillis())
                .put("timeout_ms", edge.timeout().toMillis())
                .put("outbox", Figures.word(edge.outbox()))
                .put("on_gap", Figures.word(edge.onGap()));
        edge.tagHeader().ifPresent(header -> json.set("tags", CapabilityJson.tags(header)));
        ObjectNode purges = json.putObject("purges");
        Allowance.of(edge)
                .forEach(allowed -> add(purges.putObject(allowed.kind().word()), allowed));
    }

    private static void add(ObjectNode json, Allowance allowed) {
        json.put("names_per_call", allowed.ability().perCall())
                .put("soft", allowed.ability().soft());
        allowed.rate()
                .ifPresent(rate -> json.put("counts", Figures.word(rate.counts()))
                        .put("burst", rate.burst())
                        .put("per_minute", rate.perMinute()));
        allowed.inMaxDelay().ifPresent(names -> json.put("names_in_max_delay", names));
    }
}
