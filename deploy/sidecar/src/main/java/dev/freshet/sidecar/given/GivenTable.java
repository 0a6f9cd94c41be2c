package dev.freshet.sidecar.given;

import dev.freshet.change.TableId;
import dev.freshet.rules.catalog.Catalog;
import dev.freshet.rules.expression.Spelling;
import dev.freshet.rules.yaml.Answer;
import dev.freshet.rules.yaml.Code;
import dev.freshet.rules.yaml.Kind;
import dev.freshet.rules.yaml.Node;
import dev.freshet.rules.yaml.Problems;
import java.util.Optional;

/** The table of a given change. */
public final class GivenTable {
    /** As it is written. */
    public static final Kind<TableId> NAME = text -> {
        int dot = text.indexOf('.');
        return dot <= 0 || dot == text.length() - 1
                ? Answer.isNot("a table such as public.product")
                : Answer.is(new TableId(text.substring(0, dot), text.substring(dot + 1)));
    };

    private GivenTable() {}

    /**
     * Reads its rows.
     *
     * @param at where it is named
     * @param catalog the tables there are; where none are known, any may be given
     * @return empty where there is no such table, which is reported
     */
    public static Optional<GivenRows> rows(TableId table, Node at, Catalog catalog, Problems problems) {
        Optional<Catalog.Table> known = catalog.table(table);
        if (known.isEmpty() && !catalog.tables().isEmpty()) {
            problems.unknownName(
                    at,
                    Code.UNKNOWN_TABLE,
                    "the schema has no table " + table,
                    Spelling.nearest(
                            table.toString(),
                            catalog.tables().keySet().stream()
                                    .map(TableId::toString)
                                    .toList()));
            return Optional.empty();
        }
        return Optional.of(new GivenRows(table, known, problems));
    }
}
