package dev.freshet.sidecar.cases;

import dev.freshet.change.Change;
import dev.freshet.rules.catalog.Catalog;
import dev.freshet.rules.yaml.Kind;
import dev.freshet.rules.yaml.Node;
import dev.freshet.rules.yaml.Problems;
import dev.freshet.rules.yaml.Section;
import dev.freshet.sidecar.given.GivenChange;
import dev.freshet.sidecar.given.GivenRow;
import dev.freshet.sidecar.given.GivenRows;
import dev.freshet.sidecar.given.GivenTable;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads {@code given}: one change of one table. */
final class GivenReader {
    private static final Kind<Boolean> TRUE = Kind.words(Map.of("true", true), Set.of());

    private final Catalog catalog;
    private final Problems problems;

    GivenReader(Catalog catalog, Problems problems) {
        this.catalog = catalog;
        this.problems = problems;
    }

    /** Empty where something is wrong, which is reported. */
    Optional<Change> read(Section given) {
        Optional<GivenRows> rows = given.required("table", GivenTable.NAME)
                .flatMap(table -> given.node("table").flatMap(node -> GivenTable.rows(table, node, catalog, problems)));
        Optional<Change> change = given.oneOf("insert", "update", "delete", "snapshot", "truncate")
                .flatMap(kind -> rows.flatMap(known -> change(kind, given, known)));
        given.finish();
        return change;
    }

    private Optional<Change> change(String kind, Section given, GivenRows rows) {
        return switch (kind) {
            case "insert" ->
                row(given, kind, rows).map(row -> GivenChange.of(rows.id(row), Optional.empty(), Optional.of(row)));
            case "snapshot" -> row(given, kind, rows).map(row -> GivenChange.snapshot(rows.id(row), row));
            case "delete" ->
                row(given, kind, rows)
                        .map(row -> GivenChange.of(rows.id(row), Optional.of(rows.sent(row)), Optional.empty()));
            case "update" -> given.section(kind).flatMap(update -> update(update, rows));
            case "truncate" -> given.optional(kind, TRUE).map(yes -> GivenChange.truncate(rows.table()));
            default -> throw new IllegalStateException("a kind that nobody offered: " + kind);
        };
    }

    private static Optional<GivenRow> row(Section in, String key, GivenRows rows) {
        return in.map(key).map(rows::row);
    }

    private Optional<Change> update(Section update, GivenRows rows) {
        Optional<Change> change = update.oneOf("row", "before").flatMap(old -> {
            Optional<GivenRow> before = row(update, old, rows);
            String now = old.equals("row") ? "set" : "after";
            Optional<Node.Mapping> after = update.requiredNode(now).flatMap(node -> update.map(now));
            return before.flatMap(row ->
                    after.map(map -> change(rows, row, old.equals("row") ? rows.with(row, map) : rows.row(map))));
        });
        update.finish();
        return change;
    }

    private static Change change(GivenRows rows, GivenRow before, GivenRow after) {
        return GivenChange.update(rows.id(before), rows.id(after), rows.sent(before), after);
    }
}
