package dev.freshet.sidecar.outcome;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.plan.Operation;
import dev.freshet.plan.Plan;
import java.util.ArrayList;
import java.util.List;

/**
 * One thing that is done for a change.
 *
 * @param facts what it is done to, and what is done: {@code {"key": "product:17", "as": "json", "value": {...}, "ttl": "24h"}};
 *     always with {@code rule}
 */
public record Outcome(Word word, ObjectNode facts) {
    /** Everything that a plan does, in its order; what fails comes last. */
    public static List<Outcome> of(Plan plan) {
        List<Outcome> all = new ArrayList<>();
        plan.operations().forEach(operation -> all.add(of(operation)));
        plan.fanOuts().forEach(fanOut -> all.add(Facts.of(fanOut)));
        plan.failures().forEach(failure -> all.add(Facts.of(failure)));
        return List.copyOf(all);
    }

    public static Outcome of(Operation operation) {
        return Facts.of(operation);
    }

    /** The same with its word, as programs read it. */
    public ObjectNode toJson() {
        ObjectNode json = facts.objectNode();
        json.put("outcome", word.text());
        json.setAll(facts);
        return json;
    }

    /** A line for people. */
    @Override
    public String toString() {
        return OutcomeLine.of(word, facts);
    }
}
