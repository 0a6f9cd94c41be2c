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
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * What rules make of one change.
 *
 * @param answers what becomes of a plan where the database can be asked; nothing where it cannot
 */
record Explanation(Change change, RuleSet rules, Catalog catalog, UnaryOperator<Plan> answers) {
    /** A line each, rule by rule. */
    List<String> lines() {
        List<RuleSet.Bound> bound = rules.on(change.table());
        List<String> all = new ArrayList<>(List.of(describe(change)));
        if (bound.isEmpty()) {
            all.add("no rule follows " + change.table());
        }
        Plan plan = plan(rules);
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
        return all;
    }

    ObjectNode toJson() {
        ObjectNode json = header();
        ArrayNode outcomes = json.putArray("outcomes");
        Outcome.of(plan(rules)).forEach(outcome -> outcomes.add(outcome.toJson()));
        return json;
    }

    ObjectNode toJsonAgainst(RuleSet old) {
        ObjectNode json = header();
        json.setAll(against(old).toJson());
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

    private Comparison against(RuleSet old) {
        return Comparison.of(Outcome.of(plan(old)), Outcome.of(plan(rules)));
    }

    private Plan plan(RuleSet by) {
        return answers.apply(new Planner(by, catalog, OldKeys.REQUIRED).plan(change));
    }

    private static String describe(Change change) {
        return switch (change) {
            case Change.Insert insert -> "insert of " + insert.row();
            case Change.Update update -> "update of " + update.row();
            case Change.Delete delete -> "delete of " + delete.row();
            case Change.Snapshot snapshot -> "snapshot of " + snapshot.row();
            case Change.Truncate truncate -> "truncate of " + truncate.table();
        };
    }
}
