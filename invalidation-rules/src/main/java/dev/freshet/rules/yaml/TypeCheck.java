package dev.freshet.rules.yaml;

import dev.freshet.rules.TableSelector;
import dev.freshet.rules.catalog.Catalog;
import dev.freshet.rules.expression.Expressions;
import dev.freshet.rules.expression.SyntaxProblem;
import java.util.List;
import java.util.Optional;

/** Finds what can never work with the columns of a table: a number compared with text, a condition that is none. */
record TypeCheck(Catalog catalog, Problems problems) {
    /** Each text is told of once, with the first table that it cannot work with. */
    void check(List<TableSelector> selectors, List<TypedText> texts) {
        for (TypedText text : texts) {
            report(text, selectors);
        }
    }

    /** The known tables; one of which no column is known where there is none, for what is wrong whatever they hold. */
    private List<Optional<Catalog.Table>> tables(TableSelector selector) {
        List<Optional<Catalog.Table>> known =
                ColumnCheck.tables(catalog, selector).stream().map(Optional::of).toList();
        return known.isEmpty() ? List.of(Optional.empty()) : known;
    }

    private void report(TypedText text, List<TableSelector> selectors) {
        for (TableSelector selector : selectors) {
            for (Optional<Catalog.Table> table : tables(selector)) {
                List<SyntaxProblem> found =
                        Expressions.mistyped(text.source(), text.view(), text.use(), table, selector.names());
                if (!found.isEmpty()) {
                    String where = selectors.size() > 1 || !selector.isExact()
                            ? table.map(known -> known.id() + ": ").orElse("")
                            : "";
                    found.forEach(problem -> problems.add(new Problem(
                            Code.WRONG_TYPE,
                            text.scalar().placeOf(text.offset() + problem.offset()),
                            text.scalar().spot().path(),
                            where + problem.message(),
                            problem.suggestion())));
                    return;
                }
            }
        }
    }
}
