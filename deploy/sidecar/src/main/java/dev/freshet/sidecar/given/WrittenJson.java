package dev.freshet.sidecar.given;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.freshet.rules.yaml.Node;
import dev.freshet.rules.yaml.Written;
import java.math.BigDecimal;
import java.util.regex.Pattern;

/** What stands in a YAML file where JSON is meant. */
public final class WrittenJson {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final Pattern WHOLE = Pattern.compile("-?(?:0|[1-9][0-9]{0,17})");
    private static final Pattern NUMBER = Pattern.compile("-?(?:0|[1-9][0-9]*)(?:\\.[0-9]+)?(?:[eE][-+]?[0-9]{1,4})?");

    private WrittenJson() {}

    /** Numbers, {@code true}, {@code false} and {@code null} are what JSON takes them for; in quotes they are texts. */
    public static JsonNode typed(Node node) {
        return switch (node) {
            case Node.Scalar scalar -> scalar(scalar);
            case Node.Items items -> {
                ArrayNode list = NODES.arrayNode();
                items.nodes().forEach(item -> list.add(typed(item)));
                yield list;
            }
            case Node.Mapping map -> {
                ObjectNode object = NODES.objectNode();
                map.members().forEach((key, member) -> object.set(key, typed(member)));
                yield object;
            }
            case Node.Broken broken -> NullNode.getInstance();
        };
    }

    /** Every scalar is a text, whatever it looks like. */
    public static JsonNode texts(Node node) {
        return switch (node) {
            case Node.Scalar scalar -> TextNode.valueOf(scalar.text());
            case Node.Items items -> {
                ArrayNode list = NODES.arrayNode();
                items.nodes().forEach(item -> list.add(texts(item)));
                yield list;
            }
            case Node.Mapping map -> {
                ObjectNode object = NODES.objectNode();
                map.members().forEach((key, member) -> object.set(key, texts(member)));
                yield object;
            }
            case Node.Broken broken -> NullNode.getInstance();
        };
    }

    /** Nothing, {@code null} or {@code ~}, not in quotes. */
    public static boolean isNull(Node.Scalar scalar) {
        return scalar.isAbsent()
                || (isPlain(scalar)
                        && (scalar.text().equals("null") || scalar.text().equals("~")));
    }

    private static boolean isPlain(Node.Scalar scalar) {
        return scalar.written().style() == Written.Style.PLAIN;
    }

    private static JsonNode scalar(Node.Scalar scalar) {
        String text = scalar.text();
        if (isNull(scalar)) {
            return NullNode.getInstance();
        }
        if (!isPlain(scalar)) {
            return TextNode.valueOf(text);
        }
        if (text.equals("true") || text.equals("false")) {
            return BooleanNode.valueOf(text.equals("true"));
        }
        if (WHOLE.matcher(text).matches()) {
            return LongNode.valueOf(Long.parseLong(text));
        }
        return NUMBER.matcher(text).matches() ? DecimalNode.valueOf(new BigDecimal(text)) : TextNode.valueOf(text);
    }
}
