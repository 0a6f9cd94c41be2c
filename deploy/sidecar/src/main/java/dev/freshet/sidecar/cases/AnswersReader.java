package dev.freshet.sidecar.cases;

import dev.freshet.change.TableId;
import dev.freshet.rules.Rule;
import dev.freshet.rules.RuleName;
import dev.freshet.rules.RuleSet;
import dev.freshet.rules.expression.Spelling;
import dev.freshet.rules.yaml.Code;
import dev.freshet.rules.yaml.Node;
import dev.freshet.rules.yaml.Problems;
import dev.freshet.rules.yaml.Section;
import dev.freshet.sidecar.given.GivenRow;
import dev.freshet.sidecar.given.GivenRows;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads {@code answers}: by rule, the rows that its {@code for_each} finds. What a query's columns are is not known. */
final class AnswersReader {
    private static final TableId ANSWER = new TableId("for_each", "answer");

    private final Optional<RuleSet> rules;
    private final Problems problems;

    AnswersReader(Optional<RuleSet> rules, Problems problems) {
        this.rules = rules;
        this.problems = problems;
    }

    Map<RuleName, List<GivenRow>> read(Section of) {
        Map<RuleName, List<GivenRow>> answers = new LinkedHashMap<>();
        of.section("answers").ifPresent(section -> {
            of.map("answers")
                    .ifPresent(map -> map.members().forEach((rule, node) -> {
                        check(rule, node);
                        answers.put(new RuleName(rule), rows(section, rule));
                    }));
            section.finish();
        });
        return answers;
    }

    private List<GivenRow> rows(Section section, String rule) {
        GivenRows rows = new GivenRows(ANSWER, Optional.empty(), problems);
        List<GivenRow> all = new ArrayList<>();
        for (Node item : section.items(rule)) {
            if (item instanceof Node.Mapping map) {
                all.add(rows.row(map));
            } else {
                section.section(item);
            }
        }
        return all;
    }

    private void check(String name, Node node) {
        List<String> asking = rules.stream()
                .flatMap(all -> all.rules().stream())
                .filter(rule -> rule.forEach().isPresent())
                .map(Rule::name)
                .map(RuleName::text)
                .toList();
        if (rules.isPresent() && !asking.contains(name)) {
            problems.unknownName(
                    node, Code.UNKNOWN_KEY, "no rule of this name has for_each", Spelling.nearest(name, asking));
        }
    }
}
