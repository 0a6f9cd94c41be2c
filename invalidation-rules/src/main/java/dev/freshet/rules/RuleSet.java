package dev.freshet.rules;

import dev.freshet.change.TableId;
import dev.freshet.rules.edge.Edge;
import java.util.List;
import java.util.Optional;

/** All rules of one process. A change costs what the rules of its own table cost, however many others there are. */
public final class RuleSet {
    private final List<Rule> rules;
    private final List<Edge> edges;
    private final Fingerprint fingerprint;

    public RuleSet(List<Rule> rules, List<Edge> edges, Fingerprint fingerprint) {
        this.edges = List.copyOf(edges);
        this.rules = List.copyOf(rules);
        this.fingerprint = fingerprint;
    }

    /** The same for rules that say the same, wherever and in whatever order they stand. */
    public Fingerprint fingerprint() {
        return fingerprint;
    }

    /** Where purges go. */
    public List<Edge> edges() {
        return edges;
    }

    public List<Rule> rules() {
        return rules;
    }

    /** Whether a rule asks the database anything. */
    public boolean ask() {
        return rules.stream()
                .anyMatch(rule ->
                        rule.forEach().isPresent() || rule.puts().stream().anyMatch(QueryPut.class::isInstance));
    }

    /** The rules that follow a table, each with the selector that named it; the same list for the same table. */
    public List<Bound> on(TableId table) {
        return rules.stream().flatMap(rule -> bind(rule, table).stream()).toList();
    }

    private static Optional<Bound> bind(Rule rule, TableId table) {
        return rule.tables().stream()
                .filter(selector -> selector.matches(table))
                .findFirst()
                .map(selector -> new Bound(rule, selector));
    }

    /** A rule and the selector by which it follows a table. */
    public record Bound(Rule rule, TableSelector selector) {
        /** Whether this is the first table of the rule: the one whose rows say which entries a query fills. */
        public boolean isFirst() {
            return rule.tables().getFirst().equals(selector);
        }

        /** Whether the table's rows make entries, and so have to be read when nothing is known of the cache. */
        public boolean fills() {
            return rule.puts().stream().anyMatch(put -> switch (put) {
                case RowPut row -> true;
                case QueryPut query -> isFirst();
            });
        }
    }
}
