package dev.freshet.write.edge.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Names as providers want them. */
public final class JsonNames {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private JsonNames() {}

    /** {@code {"key": ["a", "b"]}}. */
    public static String under(String key, List<String> names) {
        ObjectNode root = JSON.createObjectNode();
        ArrayNode array = root.putArray(key);
        names.forEach(array::add);
        return text(root);
    }

    /** {@code {"key": "a"}}. */
    public static String under(String key, String name) {
        return text(JSON.createObjectNode().put(key, name));
    }

    private static String text(ObjectNode root) {
        try {
            return JSON.writeValueAsString(root);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of texts is always JSON", e);
        }
    }
}
