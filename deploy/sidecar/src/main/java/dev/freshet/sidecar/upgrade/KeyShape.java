package dev.freshet.sidecar.upgrade;

import dev.freshet.change.TableId;
import dev.freshet.rules.Invalidation;
import dev.freshet.rules.Put;
import dev.freshet.rules.QueryPut;
import dev.freshet.rules.RowPut;
import dev.freshet.rules.Rule;
import dev.freshet.rules.RuleSet;
import dev.freshet.rules.TableSelector;
import dev.freshet.rules.catalog.Catalog;
import dev.freshet.rules.expression.KeyPattern;
import dev.freshet.rules.expression.Template;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;

/**
 * Names that rules make of the rows of some tables.
 *
 * @param text the template as written
 * @param keeper who keeps what is under these names, and as what: {@code put json}, {@code invalidate key}
 * @param pattern it read backwards
 * @param tables whose rows name them; those that the catalogue has, and those that rules name exactly
 */
public record KeyShape(String text, String keeper, KeyPattern pattern, Set<TableId> tables) {
    private static final String PUT = "put ";
    private static final String AND = " and ";

    /** Two shapes of one identity are one: the same names, whoever keeps them. */
    String identity() {
        return (isTag() ? "tag " : "key ") + pattern.exact().pattern();
    }

    boolean isTag() {
        return keeper.endsWith(" tag");
    }

    /** Every key that is kept under these names: of a prefix also longer ones. */
    public KeyPattern reached() {
        return keeper.endsWith(" prefix") ? pattern.andLonger() : pattern;
    }

    /** Whether Freshet writes what is under these names. */
    public boolean isPut() {
        return keeper.startsWith(PUT) || keeper.contains(AND + PUT);
    }

    /** Of all rules, by identity, in the order written. */
    static SequencedMap<String, KeyShape> of(RuleSet rules, Catalog catalog) {
        SequencedMap<String, KeyShape> all = new LinkedHashMap<>();
        for (Rule rule : rules.rules()) {
            for (KeyShape shape : of(rule, catalog)) {
                all.merge(shape.identity(), shape, KeyShape::together);
            }
        }
        return all;
    }

    private static List<KeyShape> of(Rule rule, Catalog catalog) {
        Set<TableId> tables = tables(rule.tables(), catalog);
        List<KeyShape> shapes = new ArrayList<>();
        for (Put put : rule.puts()) {
            switch (put) {
                case RowPut row -> shapes.add(shape(put.key(), PUT + form(row.form()), tables, catalog));
                case QueryPut query ->
                    shapes.add(shape(
                            put.key(),
                            PUT + "by query",
                            tables(List.of(rule.tables().getFirst()), catalog),
                            catalog));
            }
        }
        for (Invalidation invalidation : rule.invalidations()) {
            shapes.add(shape(invalidation.name(), "invalidate " + invalidation.by(), tables, catalog));
        }
        return shapes;
    }

    private static KeyShape shape(Template name, String keeper, Set<TableId> tables, Catalog catalog) {
        return new KeyShape(
                name.source(),
                keeper,
                name.pattern(tables.stream()
                        .flatMap(table -> catalog.table(table).stream())
                        .findFirst()),
                tables);
    }

    private static String form(RowPut.Form form) {
        return switch (form) {
            case RowPut.AsString string -> "string";
            case RowPut.AsJson json -> "json";
            case RowPut.AsHash hash -> "hash";
            case RowPut.AsMergedHash merged -> "hash, merge";
            case RowPut.AsHashField field -> "hash, member";
            case RowPut.AsSetMember set -> "set";
            case RowPut.AsSortedSetMember sorted -> "sorted_set";
        };
    }

    private static Set<TableId> tables(List<TableSelector> selectors, Catalog catalog) {
        Set<TableId> tables = new TreeSet<>();
        selectors.forEach(selector -> {
            catalog.tables().keySet().stream().filter(selector::matches).forEach(tables::add);
            if (selector.isExact()) {
                tables.add(new TableId(selector.schema(), selector.table()));
            }
        });
        return tables;
    }

    private static KeyShape together(KeyShape one, KeyShape other) {
        Set<TableId> tables = new TreeSet<>(one.tables);
        tables.addAll(other.tables);
        String keepers = one.keeper.equals(other.keeper) ? one.keeper : one.keeper + AND + other.keeper;
        return new KeyShape(one.text, keepers, one.pattern, tables);
    }
}
