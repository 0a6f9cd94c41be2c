package dev.freshet.settings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What {@link ConfigurationSchema} is made of. A scalar means what its place says, so a text may look like a number. */
final class SchemaParts {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final String NAME = "^[a-z0-9_-]+$";
    private static final String DURATION = "^[0-9]{1,9}(ms|s|m|h|d)$|\\$";

    private SchemaParts() {}

    static ObjectNode text(String description) {
        ObjectNode text = NODES.objectNode();
        text.putArray("type").add("string").add("number").add("boolean");
        return text.put("description", description);
    }

    /** Some words alone. */
    static ObjectNode words(String description, List<String> words) {
        ObjectNode node = NODES.objectNode();
        ArrayNode all = node.putArray("enum");
        for (String word : words) {
            if (word.equals("true")) {
                all.add(true);
            }
            all.add(word);
        }
        return node.put("description", description);
    }

    /** Some words, or a variable. */
    static ObjectNode settingWords(String description, List<String> words) {
        ObjectNode variable = NODES.objectNode().put("type", "string").put("pattern", "\\$");
        ObjectNode node = anyOf(description, words("", words), variable);
        node.withArray("anyOf").forEach(each -> ((ObjectNode) each).remove("description"));
        return node;
    }

    static ObjectNode whole(String description, int least, int most) {
        ObjectNode number = NODES.objectNode().put("type", "integer").put("minimum", least);
        number.put("maximum", most);
        ObjectNode written = NODES.objectNode().put("type", "string").put("pattern", "^[0-9]+$|\\$");
        return anyOf(description, number, written);
    }

    static ObjectNode flag(String description) {
        ObjectNode truth = NODES.objectNode().put("type", "boolean");
        ObjectNode written = NODES.objectNode().put("type", "string").put("pattern", "^(true|false)$|\\$");
        return anyOf(description, truth, written);
    }

    static ObjectNode duration(String description) {
        return NODES.objectNode().put("type", "string").put("pattern", DURATION).put("description", description);
    }

    static ObjectNode anyOf(String description, ObjectNode... forms) {
        ObjectNode any = NODES.objectNode();
        any.putArray("anyOf").addAll(List.of(forms));
        return any.put("description", description);
    }

    static ObjectNode listOf(ObjectNode item, int least) {
        return listOf(item, least, "a list");
    }

    static ObjectNode listOf(ObjectNode item, int least, String description) {
        ObjectNode list = NODES.objectNode().put("type", "array");
        list.set("items", item);
        if (least > 0) {
            list.put("minItems", least);
        }
        return list.put("description", description);
    }

    /** Values of one form under names. */
    static ObjectNode map(String description, ObjectNode each) {
        ObjectNode map = NODES.objectNode().put("type", "object").put("description", description);
        map.putObject("propertyNames").put("pattern", NAME);
        map.set("additionalProperties", each);
        return map;
    }

    static ObjectNode ref(String definition) {
        return NODES.objectNode().put("$ref", "#/definitions/" + definition);
    }

    static ObjectNode withDefault(ObjectNode form, String value) {
        return form.put("default", value);
    }

    static ObjectNode withDefault(ObjectNode form, int value) {
        return form.put("default", value);
    }

    /** A map, or nothing behind the key. */
    static ObjectNode orNothing(ObjectNode map) {
        map.putArray("type").add("object").add("null");
        return map;
    }

    static ObjectNode required(String key) {
        ObjectNode node = NODES.objectNode();
        node.putArray("required").add(key);
        return node;
    }

    /** A put of this form that no query fills. */
    static ObjectNode as(String form) {
        ObjectNode condition = required("as");
        condition.putObject("properties").putObject("as").put("const", form);
        condition.set("not", required("query"));
        return condition;
    }

    static ObjectForm object(String description, Keys keys) {
        return new ObjectForm(description, keys);
    }

    /** The keys of a map. */
    static final class Keys {
        private final Map<String, ObjectNode> all = new LinkedHashMap<>();
        private final Set<String> required = new LinkedHashSet<>();

        Keys may(String key, ObjectNode form) {
            all.put(key, form);
            return this;
        }

        Keys must(String key, ObjectNode form) {
            required.add(key);
            return may(key, form);
        }
    }

    /** A map with keys of its own, being made. */
    static final class ObjectForm {
        private final ObjectNode node = NODES.objectNode();

        private ObjectForm(String description, Keys keys) {
            node.put("type", "object").put("description", description);
            ObjectNode properties = node.putObject("properties");
            keys.all.forEach(properties::set);
            if (!keys.required.isEmpty()) {
                keys.required.forEach(node.putArray("required")::add);
            }
            node.put("additionalProperties", false);
        }

        /** Other keys may stand there too. */
        ObjectForm open() {
            node.remove("additionalProperties");
            return this;
        }

        ObjectForm eitherRequired(String... keys) {
            return requiring("anyOf", keys);
        }

        ObjectForm oneRequired(String... keys) {
            return requiring("oneOf", keys);
        }

        private ObjectForm requiring(String how, String... keys) {
            ArrayNode each = node.putArray(how);
            for (String key : keys) {
                each.add(SchemaParts.required(key));
            }
            return this;
        }

        /** Where the condition holds one key must stand, maybe in a form of its own, and others must not. */
        void when(ObjectNode condition, @Nullable String required, @Nullable ObjectNode form, String... forbidden) {
            ObjectNode rule = node.withArray("allOf").addObject();
            rule.set("if", condition);
            ObjectNode then = required == null ? NODES.objectNode() : SchemaParts.required(required);
            rule.set("then", then);
            if (forbidden.length > 0 || form != null) {
                ObjectNode properties = then.putObject("properties");
                if (required != null && form != null) {
                    properties.set(required, form);
                }
                for (String key : forbidden) {
                    properties.set(key, NODES.booleanNode(false));
                }
            }
        }

        /** Of this type it has these keys and those that all have, and no other; one of some must stand there. */
        void whenType(String type, Keys common, Keys own, String... either) {
            ObjectNode rule = node.withArray("allOf").addObject();
            ObjectNode condition = SchemaParts.required("type");
            condition.putObject("properties").putObject("type").put("const", type);
            rule.set("if", condition);
            ObjectNode then = rule.putObject("then");
            own.required.forEach(then.withArray("required")::add);
            for (String key : either) {
                then.withArray("anyOf").add(SchemaParts.required(key));
            }
            own.all.forEach(then.withObject("/properties")::set);
            ArrayNode names = then.putObject("propertyNames").putArray("enum");
            common.all.keySet().forEach(names::add);
            own.all.keySet().forEach(names::add);
        }

        ObjectNode build() {
            return node;
        }
    }

    /** The keys that a map may have. */
    static Set<String> keys(JsonNode object) {
        Set<String> keys = new LinkedHashSet<>();
        object.path("properties").fieldNames().forEachRemaining(keys::add);
        return keys;
    }
}
