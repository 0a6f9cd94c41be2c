package dev.freshet.sidecar.edges;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.rules.edge.Edge;
import dev.freshet.rules.edge.EdgeKey;
import dev.freshet.rules.edge.EdgeType;
import dev.freshet.rules.edge.Plan;
import dev.freshet.rules.edge.TagHeader;

/** What each make of edge can, for programs. A figure that is bounded by nothing is left out. */
public final class CapabilityJson {
    private CapabilityJson() {}

    public static ObjectNode all() {
        ObjectNode all = JsonNodeFactory.instance.objectNode();
        ArrayNode types = all.putArray("types");
        for (EdgeType type : EdgeType.values()) {
            add(types.addObject(), type);
        }
        return all;
    }

    private static void add(ObjectNode json, EdgeType type) {
        json.put("type", type.word());
        ObjectNode purges = json.putObject("purges");
        for (Edge.Kind kind : Edge.Kind.values()) {
            type.ability(kind).ifPresent(ability -> {
                ObjectNode one = purges.putObject(kind.word())
                        .put("names_per_call", ability.perCall())
                        .put("soft", ability.soft());
                ability.needs().ifPresent(key -> one.put("needs", key));
            });
        }
        json.put("gather_ms", type.gather().toMillis());
        json.put("calls_at_a_time", type.callsUnderWay());
        json.put("bytes_per_call", type.bytesPerCall());
        json.put("nodes", type.hasNodes());
        json.put("charged", type.isCharged());
        ArrayNode plans = json.putArray("plans");
        type.plans().forEach(plan -> add(plans.addObject(), type, plan));
        type.tags().ifPresent(header -> json.set("tags", tags(header)));
        ArrayNode keys = json.putArray("keys");
        for (EdgeKey key : type.keys()) {
            keys.addObject()
                    .put("key", key.name())
                    .put("required", key.isRequired())
                    .put("says", key.says());
        }
    }

    private static void add(ObjectNode json, EdgeType type, Plan plan) {
        json.put("plan", plan.name());
        ArrayNode grants = json.putArray("grants");
        for (Grant grant : Grant.of(type, plan)) {
            ObjectNode one = grants.addObject();
            ArrayNode kinds = one.putArray("kinds");
            grant.kinds().forEach(kind -> kinds.add(kind.word()));
            grant.rate()
                    .ifPresent(rate -> one.put("counts", Figures.word(rate.counts()))
                            .put("burst", rate.burst())
                            .put("per_minute", rate.perMinute()));
        }
    }

    static ObjectNode tags(TagHeader header) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        header.name().ifPresent(name -> json.put("header", name));
        json.put("separator", header.separator()).put("longest_tag", header.longestTag());
        if (header.longest() < Integer.MAX_VALUE) {
            json.put("longest_header", header.longest());
        }
        if (header.most() < Integer.MAX_VALUE) {
            json.put("most_tags", header.most());
        }
        return json.put("folds_case", header.foldsCase());
    }
}
