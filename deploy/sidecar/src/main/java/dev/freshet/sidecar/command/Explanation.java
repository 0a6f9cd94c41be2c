package dev.freshet.sidecar.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.change.Change;
import dev.freshet.plan.Failure;
import dev.freshet.plan.FanOut;
import dev.freshet.plan.OldKeys;
import dev.freshet.plan.Operation;
import dev.freshet.plan.Plan;
import dev.freshet.plan.Planner;
import dev.freshet.rules.RuleSet;
import dev.freshet.rules.catalog.Catalog;
import dev.freshet.sidecar.outcome.Comparison;
import dev.freshet.sidecar.outcome.Outcome;
import dev.freshet.sidecar.outcome.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * What rules make of one change.
 *
 * @param plan by these rules
 * @param by makes the plan of others
 */
record Explanation(Change change, RuleSet rules, Plan plan, Function<RuleSet, Plan> by) {
    /** @param answers what becomes of a plan where the database can be asked; nothing where it cannot */
    static Explanation of(Change change, RuleSet rules, Catalog catalog, UnaryOperator<Plan> answers) {
        Function<RuleSet, Plan> by = any -> answers.apply(new Planner(any, catalog, OldKeys.REQUIRED).plan(change));
        return new Explanation(change, rules, by.apply(rules), by);
    }

    /** Whether a rule cannot be applied to the change, which {@code run} would set aside. */
    boolean fails() {
        return !plan.failures().isEmpty();
    }

    /** A line each, rule by rule. */
    List<String> lines() {
        List<RuleSet.Bound> bound = rules.on(change.table());
        List<String> all = new ArrayList<>(List.of(describe(change)));
        if (bound.isEmpty()) {
            all.add("no rule follows " + change.table());
        }
        for (RuleSet.Bound each : bound) {
            all.add("rule " + each.rule().name());
            List<String> lines = new ArrayList<>();
            for (Operation operation : plan.operations()) {
                if (operation.rule().equals(each.rule().name())) {
                    lines.add("  " + Told.of(operation));
                }
            }
            for (FanOut fanOut : plan.fanOuts()) {
                if (fanOut.rule().equals(each.rule().name())) {
                    lines.add("  asks " + fanOut.query());
                }
            }
            for (Failure failure : plan.failures()) {
                if (failure.rule().equals(each.rule().name())) {
                    lines.add("  fails at " + failure.path() + ": " + failure.reason());
                }
            }
            all.addAll(lines.isEmpty() ? List.of("  does nothing for this change") : lines);
        }
        return all;
    }

    /** What is otherwise than under other rules. */
    List<String> linesAgainst(RuleSet old) {
        List<String> all = new ArrayList<>(List.of(describe(change)));
        all.addAll(against(old).lines());
        failures().forEach(failure -> all.add("! " + failure));
        return all;
    }

    ObjectNode toJson() {
        ObjectNode json = header();
        ArrayNode outcomes = json.putArray("outcomes");
        Outcome.of(plan).forEach(outcome -> outcomes.add(outcome.toJson()));
        return json;
    }

    ObjectNode toJsonAgainst(RuleSet old) {
        ObjectNode json = header();
        json.setAll(against(old).toJson());
        ArrayNode failed = json.putArray("failed");
        failures().forEach(failure -> failed.add(failure.toJson()));
        return json;
    }

    private ObjectNode header() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("change", describe(change));
        json.put("table", change.table().toString());
        ArrayNode names = json.putArray("rules");
        rules.on(change.table()).forEach(bound -> names.add(bound.rule().name().text()));
        return json;
    }

    /** Also those which are the same under the other rules. */
    private List<Outcome> failures() {
        return Outcome.of(plan).stream()
                .filter(outcome -> outcome.word() == Word.FAILED)
                .toList();
    }

    private Comparison against(RuleSet old) {
        return Comparison.of(Outcome.of(by.apply(old)), Outcome.of(plan));
    }

    private static String describe(Change change) {
        return switch (change) {
            case Change.Insert insert -> "insert of " + insert.row();
            case Change.Update update -> "update of " + update.row();
            case Change.Delete delete -> "delete of " + delete.row();
            case Change.Snapshot snapshot -> "snapshot of " + snapshot.row();
            case Change.Truncate truncate -> "truncate of " + truncate.table();
            case Change.Altered altered -> "alteration of " + altered.table();
        };
    }
}
