package dev.freshet.plan;

import dev.freshet.change.TableId;
import dev.freshet.rules.Invalidation;
import dev.freshet.rules.Put;
import dev.freshet.rules.QueryPut;
import dev.freshet.rules.RowPut;
import dev.freshet.rules.Rule;
import dev.freshet.rules.RuleSet;
import dev.freshet.rules.expression.Template;
import java.util.Collection;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Which tables' rows have to be read when one table is altered: those that make entries which depend on it, and those that make
 * entries which a sweep of its names may take along, since an entry whose fence has expired has no owner any more.
 */
record Reach(RuleSet rules, Collection<TableId> tables) {
    Reached of(TableId altered, boolean rowsMayBeGone) {
        boolean itself = false;
        SortedSet<TableId> reached = new TreeSet<>();
        for (RuleSet.Bound bound : rules.on(altered)) {
            itself |= bound.fills();
            for (Put put : bound.rule().puts()) {
                switch (put) {
                    case QueryPut queried -> addThoseThatMake(queried, bound.rule(), reached);
                    case RowPut row -> {}
                }
                if (rowsMayBeGone) {
                    addThoseThatMayPut(put.key(), reached);
                }
            }
            for (Invalidation invalidation : bound.rule().invalidations()) {
                switch (invalidation) {
                    case Invalidation.ByKey key -> addThoseThatMayPut(key.name(), reached);
                    case Invalidation.ByPrefix prefix -> addThoseThatMayPut(prefix.name(), reached);
                    case Invalidation.ByTag tag -> addThoseThatMayTag(tag.name(), reached);
                }
            }
        }
        return new Reached(itself, reached);
    }

    private void addThoseThatMayPut(Template name, SortedSet<TableId> reached) {
        for (Rule rule : rules.rules()) {
            rule.puts().stream()
                    .filter(put -> mayBeOne(put.key(), name))
                    .forEach(put -> addThoseThatMake(put, rule, reached));
        }
    }

    private void addThoseThatMayTag(Template name, SortedSet<TableId> reached) {
        for (Rule rule : rules.rules()) {
            rule.puts().stream()
                    .filter(put -> put.tags().stream().anyMatch(tag -> mayBeOne(tag, name)))
                    .forEach(put -> addThoseThatMake(put, rule, reached));
        }
    }

    /** A query's entries are named by the rows of its rule's first table. */
    private void addThoseThatMake(Put put, Rule rule, SortedSet<TableId> reached) {
        for (TableId table : tables) {
            rules.on(table).stream()
                    .filter(bound -> bound.rule().equals(rule))
                    .filter(bound -> switch (put) {
                        case RowPut row -> true;
                        case QueryPut queried -> bound.isFirst();
                    })
                    .forEach(bound -> reached.add(table));
        }
    }

    /** Whether some text may be made by both: as far as the texts tell with which they begin. */
    private static boolean mayBeOne(Template a, Template b) {
        return beginning(a).startsWith(beginning(b)) || beginning(b).startsWith(beginning(a));
    }

    private static String beginning(Template template) {
        StringBuilder text = new StringBuilder();
        for (Template.Part part : template.parts()) {
            switch (part) {
                case Template.Literal literal -> text.append(literal.text());
                case Template.Hole hole -> {
                    return text.toString();
                }
            }
        }
        return text.toString();
    }
}
