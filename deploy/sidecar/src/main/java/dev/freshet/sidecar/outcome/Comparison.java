package dev.freshet.sidecar.outcome;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What two rule files make of one change. The names of rules and what remembers the row do not count.
 *
 * @param gone what only the old one does
 * @param added what only the new one does
 * @param changed what both do, otherwise
 * @param same how much both do alike
 */
public record Comparison(List<Outcome> gone, List<Outcome> added, List<Changed> changed, int same) {
    private static final Set<String> NOT_COMPARED = Set.of("rule", "owner", "table");
    private static final Set<String> DETAILS = Set.of(
            "as",
            "value",
            "ttl",
            "expire_at",
            "tags",
            "leaves",
            "without",
            "score",
            "soft",
            "again_after",
            "escalate",
            "max_length",
            "reason",
            "query");

    /** The same thing done to the same, with these differences. */
    public record Changed(Outcome old, Outcome now, List<Difference> differences) {}

    public Comparison {
        gone = List.copyOf(gone);
        added = List.copyOf(added);
        changed = List.copyOf(changed);
    }

    public static Comparison of(List<Outcome> old, List<Outcome> now) {
        Map<Identity, Outcome> before = byIdentity(old);
        Map<Identity, Outcome> after = byIdentity(now);
        List<Outcome> gone = new ArrayList<>();
        List<Changed> changed = new ArrayList<>();
        int same = 0;
        for (Map.Entry<Identity, Outcome> each : before.entrySet()) {
            Outcome other = after.get(each.getKey());
            if (other == null) {
                gone.add(each.getValue());
                continue;
            }
            List<Difference> differences =
                    Difference.between("", compared(each.getValue().facts()), compared(other.facts()));
            if (differences.isEmpty()) {
                same++;
            } else {
                changed.add(new Changed(each.getValue(), other, differences));
            }
        }
        List<Outcome> added = new ArrayList<>(after.values());
        added.removeIf(outcome -> before.containsKey(Identity.of(outcome)));
        return new Comparison(gone, added, changed, same);
    }

    public boolean isEmpty() {
        return gone.isEmpty() && added.isEmpty() && changed.isEmpty();
    }

    /** What it is done to. */
    private record Identity(Word word, JsonNode names) {
        static Identity of(Outcome outcome) {
            ObjectNode names = compared(outcome.facts());
            names.remove(DETAILS);
            if (names.path("fields").isObject()) {
                names.put("fields", true);
            }
            return new Identity(outcome.word(), names);
        }
    }

    private static Map<Identity, Outcome> byIdentity(List<Outcome> outcomes) {
        Map<Identity, Outcome> all = new LinkedHashMap<>();
        outcomes.forEach(outcome -> all.putIfAbsent(Identity.of(outcome), outcome));
        return all;
    }

    private static ObjectNode compared(ObjectNode facts) {
        ObjectNode copy = facts.deepCopy();
        copy.remove(NOT_COMPARED);
        return copy;
    }

    /** A line each: {@code -} what is gone, {@code +} what is new, {@code ~} what is otherwise. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        gone.forEach(each -> lines.add("- " + each));
        added.forEach(each -> lines.add("+ " + each));
        for (Changed each : changed) {
            lines.add("~ " + each.now());
            each.differences().forEach(difference -> lines.add("    " + difference.asChange()));
        }
        lines.add(same + " the same");
        return List.copyOf(lines);
    }

    public ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode left = json.putArray("gone");
        gone.forEach(each -> left.add(each.toJson()));
        ArrayNode right = json.putArray("added");
        added.forEach(each -> right.add(each.toJson()));
        ArrayNode both = json.putArray("changed");
        for (Changed each : changed) {
            ObjectNode one = both.addObject();
            one.set("old", each.old().toJson());
            one.set("new", each.now().toJson());
        }
        json.put("same", same);
        return json;
    }
}
