package dev.freshet.sidecar.cases;

import dev.freshet.change.Change;
import dev.freshet.plan.FanOut;
import dev.freshet.plan.Plan;
import dev.freshet.plan.Planner;
import dev.freshet.rules.RuleName;
import dev.freshet.rules.yaml.Place;
import dev.freshet.sidecar.given.GivenRow;
import dev.freshet.sidecar.outcome.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One case of a test file.
 *
 * @param name unique in its file
 * @param place where it stands
 * @param change what is given
 * @param answers the rows that the {@code for_each} of some rules finds
 * @param expected what shall come of it
 */
public record Case(String name, Place place, Change change, Map<RuleName, List<GivenRow>> answers, Expected expected) {
    public Case {
        answers = Map.copyOf(answers);
    }

    /**
     * Everything that is expected.
     *
     * @param others whether other things may come of the change too
     */
    record Expected(List<Expectation> all, boolean others) {
        Expected {
            all = List.copyOf(all);
        }
    }

    /** What the rules make of it. */
    Verdict judge(Planner planner) {
        Plan plan = planner.plan(change);
        List<FanOut> unanswered = new ArrayList<>();
        List<Outcome> outcomes = new ArrayList<>();
        for (FanOut fanOut : plan.fanOuts()) {
            List<GivenRow> rows = answers.get(fanOut.rule());
            if (rows == null) {
                unanswered.add(fanOut);
            } else {
                outcomes.addAll(Outcome.of(fanOut.answered(
                        fanOut.questions().stream().map(question -> rows).toList())));
            }
        }
        outcomes.addAll(Outcome.of(new Plan(plan.operations(), plan.failures(), unanswered)));
        return Verdict.of(this, outcomes);
    }
}
