package dev.freshet.sidecar.cases;

import dev.freshet.sidecar.outcome.Difference;
import dev.freshet.sidecar.outcome.Outcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How a case ended.
 *
 * @param missing what was expected and did not come
 * @param differing what came and is not as expected
 * @param unexpected what came and was not expected
 */
record Verdict(Case of, List<Expectation> missing, List<Differing> differing, List<Outcome> unexpected) {
    /** An outcome that is about the right thing and says something else of it. */
    record Differing(Expectation expected, Outcome found, List<Difference> differences) {}

    Verdict {
        missing = List.copyOf(missing);
        differing = List.copyOf(differing);
        unexpected = List.copyOf(unexpected);
    }

    boolean passed() {
        return missing.isEmpty() && differing.isEmpty() && unexpected.isEmpty();
    }

    /** Two rules may do the same thing; one expectation then stands for both. */
    static Verdict of(Case of, List<Outcome> outcomes) {
        List<Expectation> missing = new ArrayList<>();
        List<Differing> differing = new ArrayList<>();
        Set<Outcome> told = new LinkedHashSet<>();
        for (Expectation expectation : of.expected().all()) {
            List<Differing> about = outcomes.stream()
                    .filter(expectation::isAbout)
                    .map(outcome -> new Differing(expectation, outcome, expectation.differences(outcome)))
                    .toList();
            List<Outcome> met = about.stream()
                    .filter(each -> each.differences().isEmpty())
                    .map(Differing::found)
                    .toList();
            told.addAll(met);
            if (met.isEmpty()) {
                Optional<Differing> nearest = about.stream()
                        .min(Comparator.comparingInt(each -> each.differences().size()));
                nearest.ifPresentOrElse(differing::add, () -> missing.add(expectation));
            }
        }
        differing.forEach(each -> told.add(each.found()));
        List<Outcome> unexpected = of.expected().others()
                ? List.of()
                : outcomes.stream().filter(outcome -> !told.contains(outcome)).toList();
        return new Verdict(of, missing, differing, unexpected);
    }

    /** What is wrong, a line each; none where it passed. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        missing.forEach(each -> lines.add("missing     " + each));
        for (Differing each : differing) {
            lines.add("differs     " + each.expected().about());
            each.differences().forEach(difference -> lines.add("              " + difference));
        }
        unexpected.forEach(each -> lines.add(
                "unexpected  " + each + "  (rule " + each.facts().path("rule").asText() + ")"));
        return List.copyOf(lines);
    }
}
