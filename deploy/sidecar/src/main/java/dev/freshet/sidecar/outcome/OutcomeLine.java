package dev.freshet.sidecar.outcome;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Set;

/** An outcome as a line: its word, its key, and what else is said of it. */
public final class OutcomeLine {
    private static final int MOST_OF_A_VALUE = 200;
    private static final Set<String> LEFT_OUT = Set.of("rule", "owner", "as", "table");

    private OutcomeLine() {}

    public static String of(Word word, ObjectNode facts) {
        return String.format("%-12s%s", word.text(), of(facts)).stripTrailing();
    }

    private static String of(ObjectNode facts) {
        StringBuilder line = new StringBuilder();
        for (Map.Entry<String, JsonNode> fact : facts.properties()) {
            boolean isNo = fact.getValue().isBoolean() && !fact.getValue().booleanValue();
            if (!LEFT_OUT.contains(fact.getKey()) && !isNo) {
                line.append(line.isEmpty() ? "" : "  ");
                line.append(fact.getKey().equals("key") ? "" : fact.getKey() + " ");
                line.append(text(fact.getValue()));
            }
        }
        return line.toString();
    }

    /** Shortened where it is long; texts at the top stand as they are. */
    private static String text(JsonNode value) {
        String text = value.isTextual() ? value.textValue() : value.toString();
        return text.length() <= MOST_OF_A_VALUE
                ? text
                : text.substring(0, MOST_OF_A_VALUE) + "... (" + text.length() + " characters)";
    }
}
