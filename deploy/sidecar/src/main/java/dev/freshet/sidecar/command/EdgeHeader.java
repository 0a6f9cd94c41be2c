package dev.freshet.sidecar.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.plan.EdgeTag;
import dev.freshet.plan.RowTags;
import dev.freshet.rules.edge.Edge;
import dev.freshet.rules.edge.TagHeader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a response that passes an edge must carry.
 *
 * @param header empty where the edge has no tags
 */
record EdgeHeader(Edge edge, Optional<TagHeader> header, List<EdgeTag> tags) {
    EdgeHeader {
        tags = List.copyOf(tags);
    }

    /** Of each edge, in the order written. */
    static List<EdgeHeader> of(List<Edge> edges, RowTags tags) {
        return edges.stream()
                .map(edge -> new EdgeHeader(
                        edge, edge.tagHeader(), List.copyOf(tags.ofObjects().getOrDefault(edge.name(), Set.of()))))
                .toList();
    }

    /** The header as it is sent, or why there is none. */
    String line() {
        if (header.isEmpty()) {
            return type() + " has no tags; purge it by url or prefix";
        }
        if (tags.isEmpty()) {
            return "no rule purges a tag of this row here";
        }
        String name = header.get().name().orElse("<the header that the edge's key 'header' would name>");
        return name + ": " + value()
                + tooMuch()
                        .map(warning -> System.lineSeparator() + " ".repeat(12) + warning)
                        .orElse("");
    }

    private String type() {
        return edge.type().word();
    }

    private String value() {
        return tags.stream()
                .map(EdgeTag::text)
                .collect(Collectors.joining(header.map(TagHeader::separator).orElse(" ")));
    }

    /** What the edge would make of a header that is too long for it. */
    private Optional<String> tooMuch() {
        int bytes = value().getBytes(StandardCharsets.UTF_8).length;
        return header.filter(limits -> bytes > limits.longest() || tags.size() > limits.most())
                .map(limits -> "too much: " + bytes + " bytes, " + tags.size() + " tags; " + type() + " reads "
                        + (bytes > limits.longest() ? limits.longest() + " bytes" : limits.most() + " tags")
                        + ", and objects without their tag are never purged by it");
    }

    ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("edge", edge.name().text());
        json.put("type", type());
        header.flatMap(TagHeader::name).ifPresent(name -> json.put("header", name));
        header.ifPresent(has -> json.put("value", value()));
        ArrayNode list = json.putArray("tags");
        tags.forEach(tag -> list.add(tag.text()));
        tooMuch().ifPresent(warning -> json.put("warning", warning));
        return json;
    }
}
