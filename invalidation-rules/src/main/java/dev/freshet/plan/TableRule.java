package dev.freshet.plan;

import dev.freshet.change.Change;
import dev.freshet.change.Row;
import dev.freshet.change.TableId;
import dev.freshet.change.Unknown;
import dev.freshet.rules.QueryPut;
import dev.freshet.rules.RowPut;
import dev.freshet.rules.Rule;
import dev.freshet.rules.RuleSet;
import dev.freshet.rules.TableSelector;
import dev.freshet.rules.expression.EvaluationException;
import dev.freshet.rules.expression.Event;
import dev.freshet.rules.expression.Expression;
import dev.freshet.rules.expression.ReadColumns;
import dev.freshet.rules.expression.Scope;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One rule as it applies to one table: what its extra names read is known here.
 *
 * @param doesMore whether it has actions besides row puts
 */
record TableRule(TableId table, Rule rule, TableSelector selector, List<BoundPut> rowPuts, boolean doesMore) {
    static TableRule of(TableId table, RuleSet.Bound bound) {
        List<BoundPut> rowPuts = new ArrayList<>();
        for (int i = 0; i < bound.rule().puts().size(); i++) {
            if (bound.rule().puts().get(i) instanceof RowPut put) {
                rowPuts.add(BoundPut.of(put, i));
            }
        }
        return new TableRule(table, bound.rule(), bound.selector(), List.copyOf(rowPuts), doesMore(bound.rule()));
    }

    private static boolean doesMore(Rule rule) {
        return rule.forEach().isPresent()
                || !rule.invalidations().isEmpty()
                || !rule.purges().isEmpty()
                || !rule.publications().isEmpty()
                || rule.puts().stream().anyMatch(QueryPut.class::isInstance);
    }

    /** What {@code when} and {@code publish} see; a column alone is the row as it is now, of a delete as it was. */
    Scope scope(Change change, @Nullable Row before, @Nullable Row after) {
        Row old = before == null ? null : scope(before).row();
        Row now = after == null ? null : scope(after).row();
        if (rule.when().isEmpty() && rule.publications().isEmpty()) {
            return new Scope(table, now != null ? now : old != null ? old : NoRow.INSTANCE);
        }
        Event event = new Event(
                old,
                now,
                switch (change) {
                    case Change.Insert insert -> "insert";
                    case Change.Update update -> "update";
                    case Change.Delete delete -> "delete";
                    case Change.Snapshot snapshot -> "snapshot";
                    case Change.Truncate truncate -> "truncate";
                    case Change.Altered altered -> throw new IllegalArgumentException("no rule is told of it");
                },
                change.committedAt(),
                change.version().toString());
        return new Scope(table, now != null ? now : old != null ? old : NoRow.INSTANCE, event);
    }

    /** As {@link RuleSet.Bound#isFirst}. */
    boolean isFirst() {
        return new RuleSet.Bound(rule, selector).isFirst();
    }

    Scope scope(Row row) {
        return NamedRow.scope(table, row, selector.names());
    }

    /** Whether a row belongs. A row of which too little is known belongs if it is an old one. */
    boolean belongs(Scope scope, boolean isOld) {
        if (rule.where().isEmpty()) {
            return true;
        }
        Expression where = rule.where().get();
        Object value = where.evaluate(scope);
        if (value == Unknown.VALUE) {
            if (isOld) {
                return true;
            }
            throw new EvaluationException(
                    "where reads a value that was not sent: give table " + table + " REPLICA IDENTITY FULL");
        }
        return Boolean.TRUE.equals(value);
    }

    /** Whether a row belongs and everything that decides it is known. */
    boolean certainlyBelongs(Scope scope) {
        return rule.where().isEmpty() || Boolean.TRUE.equals(rule.where().get().evaluate(scope));
    }

    /** Whether one of these columns has another value, or may have. */
    boolean differs(Collection<String> columns, Row before, Row after) {
        for (String column : columns) {
            if (differs(column, before, after)) {
                return true;
            }
        }
        return false;
    }

    /** As {@link #differs(Collection, Row, Row)}; extra names count where they are read. */
    boolean differs(ReadColumns columns, Row before, Row after) {
        return switch (columns) {
            case ReadColumns.Only only -> differs(only.columns(), before, after);
            case ReadColumns.AllBut allBut -> {
                for (String column : after.columns()) {
                    if (allBut.contains(column) && differs(column, before, after)) {
                        yield true;
                    }
                }
                yield false;
            }
        };
    }

    private boolean differs(String column, Row before, Row after) {
        Expression named = selector.names().get(column);
        if (named != null) {
            return differs(named.columns(), before, after);
        }
        @Nullable Object old = before.get(column);
        return old == Unknown.VALUE || !Objects.equals(old, after.get(column));
    }

    /** The columns of the table behind these, extra names replaced by what they read. */
    static Set<String> columnsBehind(Collection<String> columns, Map<String, Expression> names) {
        Set<String> behind = new LinkedHashSet<>();
        for (String column : columns) {
            Expression named = names.get(column);
            behind.addAll(named == null ? Set.of(column) : named.columns());
        }
        return behind;
    }
}
