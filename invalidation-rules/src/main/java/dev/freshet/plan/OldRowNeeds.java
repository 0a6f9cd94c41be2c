package dev.freshet.plan;

import dev.freshet.change.TableId;
import dev.freshet.rules.Invalidation;
import dev.freshet.rules.Purge;
import dev.freshet.rules.RowPut;
import dev.freshet.rules.Rule;
import dev.freshet.rules.RuleName;
import dev.freshet.rules.RuleSet;
import dev.freshet.rules.TableSelector;
import dev.freshet.rules.catalog.Catalog;
import dev.freshet.rules.catalog.Catalog.Column;
import dev.freshet.rules.catalog.Catalog.OldRow;
import dev.freshet.rules.catalog.Catalog.Table;
import dev.freshet.rules.expression.Expression;
import dev.freshet.rules.expression.ReadColumns;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** What rules need of a row that the database, as it is set up, does not send. */
public final class OldRowNeeds {
    private OldRowNeeds() {}

    /**
     * One rule that cannot be right on one table.
     *
     * @param columns what it needs and may not get
     * @param kind why it may not get it
     */
    public record Need(RuleName rule, TableId table, List<String> columns, Kind kind) {
        /** The statement that mends it. */
        public String statement() {
            return "alter table " + quoted(table.schema()) + "." + quoted(table.name()) + " replica identity full";
        }

        private static String quoted(String identifier) {
            return '"' + identifier.replace("\"", "\"\"") + '"';
        }

        @Override
        public String toString() {
            String names = String.join(", ", columns);
            return switch (kind) {
                case OLD_KEY ->
                    "rule " + rule + " must know the old " + names + " of " + table
                            + " to find the entry to remove, and the database does not send it";
                case OLD_VALUE ->
                    "rule " + rule + " reads the old " + names + " of " + table + ", and the database does not send it";
                case UNCHANGED_LONG_VALUE ->
                    "rule " + rule + " reads " + names + " of " + table
                            + ", and the database leaves long values out of updates that do not change them";
            };
        }
    }

    /** Why a value may not be sent. */
    public enum Kind {
        /** A key is made of columns outside the replica identity. */
        OLD_KEY,
        /** {@code before} is read of columns outside the replica identity. */
        OLD_VALUE,
        /** A value stored out of line (TOAST). */
        UNCHANGED_LONG_VALUE
    }

    /** Everything that is missing, over all tables that the catalogue has. */
    public static List<Need> of(RuleSet rules, Catalog catalog) {
        List<Need> needs = new ArrayList<>();
        for (Table table : catalog.tables().values().stream()
                .sorted((a, b) -> a.id().compareTo(b.id()))
                .toList()) {
            if (table.oldRow() instanceof OldRow.Only only) {
                for (RuleSet.Bound bound : rules.on(table.id())) {
                    add(needs, bound, table, only);
                }
            }
        }
        return needs;
    }

    private static void add(List<Need> needs, RuleSet.Bound bound, Table table, OldRow.Only only) {
        Rule rule = bound.rule();
        Set<String> keys = new LinkedHashSet<>();
        rule.forEach().ifPresent(each -> keys.addAll(each.query().columns()));
        rule.puts().forEach(put -> put.names().forEach(name -> keys.addAll(name.columns())));
        rule.invalidations().stream().map(Invalidation::name).forEach(name -> keys.addAll(name.columns()));
        for (Purge purge : rule.purges()) {
            purge.what().name().ifPresent(name -> keys.addAll(name.columns()));
            purge.escalate().forEach(what -> what.name().ifPresent(name -> keys.addAll(name.columns())));
        }
        need(
                        rule,
                        table,
                        behind(keys, bound.selector()),
                        column -> !only.columns().contains(column.name()),
                        Kind.OLD_KEY)
                .ifPresent(needs::add);

        Set<String> compared =
                new LinkedHashSet<>(rule.when().map(Expression::columnsBefore).orElse(Set.of()));
        rule.publications().forEach(publication -> compared.addAll(publication.columnsBefore()));
        need(
                        rule,
                        table,
                        behind(compared, bound.selector()),
                        column -> !only.columns().contains(column.name()),
                        Kind.OLD_VALUE)
                .ifPresent(needs::add);

        Set<String> read = new LinkedHashSet<>(keys);
        rule.where().map(Expression::columns).ifPresent(read::addAll);
        rule.puts().stream()
                .filter(RowPut.class::isInstance)
                .map(RowPut.class::cast)
                .forEach(put -> read.addAll(columns(put.columns(), table)));
        rule.publications().forEach(publication -> read.addAll(columns(publication.columns(), table)));
        need(
                        rule,
                        table,
                        behind(read, bound.selector()),
                        column -> column.toastable() && !only.columns().contains(column.name()),
                        Kind.UNCHANGED_LONG_VALUE)
                .ifPresent(needs::add);
    }

    private static Set<String> behind(Collection<String> columns, TableSelector selector) {
        return TableRule.columnsBehind(columns, selector.names());
    }

    private static Optional<Need> need(
            Rule rule, Table table, Set<String> columns, Predicate<Column> missing, Kind kind) {
        List<String> names = table.columns().stream()
                .filter(column -> columns.contains(column.name()) && missing.test(column))
                .map(Column::name)
                .toList();
        return names.isEmpty() ? Optional.empty() : Optional.of(new Need(rule.name(), table.id(), names, kind));
    }

    private static Collection<String> columns(ReadColumns read, Table table) {
        return switch (read) {
            case ReadColumns.Only only -> only.columns();
            case ReadColumns.AllBut allBut ->
                table.columns().stream()
                        .map(Column::name)
                        .filter(allBut::contains)
                        .toList();
        };
    }
}
