package dev.freshet.plan;

import dev.freshet.change.NoSuchColumnException;
import dev.freshet.change.Row;
import dev.freshet.change.TableId;
import dev.freshet.rules.Invalidation;
import dev.freshet.rules.Purge;
import dev.freshet.rules.Purged;
import dev.freshet.rules.RuleSet;
import dev.freshet.rules.edge.Edge;
import dev.freshet.rules.edge.EdgeName;
import dev.freshet.rules.expression.EvaluationException;
import dev.freshet.rules.expression.Names;
import dev.freshet.rules.expression.Scope;
import dev.freshet.rules.expression.Template;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;

/**
 * The tags that what is made of a row must carry, so that a later change of the row reaches it. Those of rows that {@code
 * where} leaves out are among them: the change that lets the row in purges them too. Those that {@code for_each} makes of other
 * rows are not.
 *
 * @param ofObjects by edge, also by those without any; what purges are escalated to is among them
 * @param ofEntries under which cache entries are invalidated, and under which puts register them
 * @param failures of tags that cannot be told
 */
public record RowTags(SequencedMap<EdgeName, Set<EdgeTag>> ofObjects, Set<CacheTag> ofEntries, List<Failure> failures) {
    public RowTags {
        ofObjects = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(ofObjects));
        ofEntries = Tagging.ordered(ofEntries);
        failures = List.copyOf(failures);
    }

    /** By all rules that follow the row's table. */
    public static RowTags of(RuleSet rules, TableId table, Row row) {
        Collector tags = new Collector(rules);
        rules.on(table).forEach(bound -> tags.add(TableRule.of(table, bound), row));
        return tags.finish();
    }

    private static final class Collector {
        private final SequencedMap<EdgeName, Set<EdgeTag>> objects = new LinkedHashMap<>();
        private final Set<CacheTag> entries = new LinkedHashSet<>();
        private final List<Failure> failures = new ArrayList<>();

        Collector(RuleSet rules) {
            rules.edges().forEach(edge -> objects.put(edge.name(), new LinkedHashSet<>()));
        }

        RowTags finish() {
            return new RowTags(objects, entries, failures);
        }

        void add(TableRule rule, Row row) {
            Scope scope = rule.scope(row);
            var of = rule.rule();
            if (of.forEach().isPresent()) {
                return;
            }
            for (int i = 0; i < of.puts().size(); i++) {
                for (Template tag : of.puts().get(i).tags()) {
                    entry(names(rule, "put[" + i + "].tags", tag, scope));
                }
            }
            invalidations(rule, "invalidate", of.invalidations(), scope);
            of.onTruncate().invalidations().ifPresent(all -> invalidations(rule, "on_truncate.invalidate", all, scope));
            purges(rule, "purge", of.purges(), scope);
            of.onTruncate().purges().ifPresent(all -> purges(rule, "on_truncate.purge", all, scope));
        }

        private void invalidations(TableRule rule, String path, List<Invalidation> all, Scope scope) {
            for (int i = 0; i < all.size(); i++) {
                if (all.get(i) instanceof Invalidation.ByTag(Template tag)) {
                    entry(names(rule, path + "[" + i + "].tag", tag, scope));
                }
            }
        }

        private void entry(List<String> names) {
            names.forEach(name -> entries.add(new CacheTag(name)));
        }

        private void purges(TableRule rule, String path, List<Purge> all, Scope scope) {
            for (int i = 0; i < all.size(); i++) {
                Purge purge = all.get(i);
                List<Purged> levels = new ArrayList<>(List.of(purge.what()));
                levels.addAll(purge.escalate());
                for (Purged what : levels) {
                    if (what instanceof Purged.Named(Edge.Kind kind, Template tag) && kind == Edge.Kind.TAG) {
                        object(purge.edges(), names(rule, path + "[" + i + "]", tag, scope));
                    }
                }
            }
        }

        private void object(List<Edge> edges, List<String> names) {
            for (Edge edge : edges) {
                Set<EdgeTag> tags = objects.computeIfAbsent(edge.name(), name -> new LinkedHashSet<>());
                names.forEach(name -> tags.add(EdgeTag.of(name, edge.type().longestTag())));
            }
        }

        private List<String> names(TableRule rule, String path, Template tag, Scope scope) {
            try {
                return switch (tag.render(scope)) {
                    case Names.Known(List<String> names) -> names;
                    case Names.NotKnown(String column) ->
                        throw new EvaluationException("column '" + column + "' is not known of this row");
                };
            } catch (EvaluationException | NoSuchColumnException e) {
                failures.add(new Failure(rule.rule().name(), path, String.valueOf(e.getMessage())));
                return List.of();
            }
        }
    }
}
