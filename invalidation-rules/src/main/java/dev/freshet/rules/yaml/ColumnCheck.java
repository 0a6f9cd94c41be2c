package dev.freshet.rules.yaml;

import dev.freshet.change.TableId;
import dev.freshet.rules.TableSelector;
import dev.freshet.rules.catalog.Catalog;
import dev.freshet.rules.expression.Spelling;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Finds columns that a table does not have. Every column used must be in every table, or be one of the names given for it. */
final class ColumnCheck {
    private static final int SHOWN = 12;

    private final Catalog catalog;
    private final Problems problems;

    ColumnCheck(Catalog catalog, Problems problems) {
        this.catalog = catalog;
        this.problems = problems;
    }

    /** The known tables that a selector names, in order. */
    static List<Catalog.Table> tables(Catalog catalog, TableSelector selector) {
        if (selector.isExact()) {
            return catalog.table(new TableId(selector.schema(), selector.table())).stream()
                    .toList();
        }
        return catalog.tables().values().stream()
                .filter(table -> selector.matches(table.id()))
                .sorted(Comparator.comparing(Catalog.Table::id))
                .toList();
    }

    void check(List<TableSelector> selectors, List<ColumnUse> uses) {
        for (ColumnUse use : uses) {
            for (String column : use.columns()) {
                missing(selectors, use, column).ifPresent(problems::add);
            }
        }
    }

    private Optional<Problem> missing(List<TableSelector> selectors, ColumnUse use, String column) {
        for (TableSelector selector : selectors) {
            if (selector.names().containsKey(column)) {
                continue;
            }
            for (Catalog.Table table : tables(catalog, selector)) {
                if (table.column(column).isEmpty()) {
                    return Optional.of(unknown(selector, table, use, column));
                }
            }
        }
        return Optional.empty();
    }

    private static Problem unknown(TableSelector selector, Catalog.Table table, ColumnUse use, String column) {
        Set<String> names = new LinkedHashSet<>(selector.names().keySet());
        table.columns().forEach(known -> names.add(known.name()));
        Optional<String> nearest = Spelling.nearest(column, names);
        String message = table.id() + " has no column '" + column + "'";
        Problem problem = new Problem(
                        Code.UNKNOWN_COLUMN,
                        use.placeOf(column),
                        use.scalar().spot().path(),
                        nearest.isPresent() ? message : message + "; it has " + shown(names),
                        Optional.empty())
                .suggestingSpelling(nearest);
        return nearest.isEmpty() && isCompared(use.code(), column)
                ? problem.suggesting("if it is a text, write \"" + column + "\"")
                : problem;
    }

    /** Whether it stands beside a sign of comparison or in a list, where a text in quotes is often meant. */
    private static boolean isCompared(String code, String column) {
        String name = Pattern.quote(column);
        return Pattern.compile("[!=<>]=?\\s*" + name + "(?![\\w.(\\[])|(?<![\\w.])" + name
                        + "\\s*[!=]=|\\bin\\s*\\[[^\\]]*(?<![\\w.])" + name + "(?![\\w.(\\[])")
                .matcher(code)
                .find();
    }

    private static String shown(Set<String> names) {
        String first = names.stream().limit(SHOWN).collect(Collectors.joining(", "));
        return names.size() > SHOWN ? first + " and " + (names.size() - SHOWN) + " more" : first;
    }
}
