package dev.freshet.sidecar.sample;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.rules.edge.Edge;

/** A sample for programs: counts over the whole stretch, and its length. */
public final class SampleJson {
    private SampleJson() {}

    public static ObjectNode of(Sample sample) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("millis", sample.took().toMillis());
        json.put("changes", sample.changes());
        ObjectNode tables = json.putObject("tables");
        sample.tables().forEach((table, count) -> tables.put(table.toString(), count));
        add(json.putObject("new"), sample.now());
        sample.old().ifPresent(old -> add(json.putObject("old"), old));
        return json;
    }

    private static void add(ObjectNode to, RuleSample side) {
        ArrayNode shapes = to.putArray("shapes");
        side.shapes().forEach((shape, of) -> {
            ObjectNode one = shapes.addObject()
                    .put("rule", shape.rule())
                    .put("outcome", shape.word().text())
                    .put("shape", shape.text())
                    .put("operations", of.operations())
                    .put("distinct", of.names())
                    .put("bytes_p50", of.bytes().median())
                    .put("bytes_max", of.bytes().largest());
            ArrayNode examples = one.putArray("examples");
            of.examples().forEach(examples::add);
        });
        to.put("fan_out_p50", side.fanOut().median());
        to.put("fan_out_max", side.fanOut().largest());
        to.put("cache_tags", side.cacheTags());
        to.put("failures", side.failures());
        ArrayNode edges = to.putArray("edges");
        for (RuleSample.OfEdge edge : side.edges()) {
            ObjectNode one = edges.addObject()
                    .put("edge", edge.edge().name().text())
                    .put("purges", edge.purges())
                    .put("distinct", edge.targets())
                    .put("distinct_tags", edge.tags());
            edge.edge().perMinute(Edge.Kind.TAG).ifPresent(most -> one.put("tags_allowed_a_minute", most));
        }
    }
}
