package dev.freshet.plan;

import dev.freshet.change.Change;
import dev.freshet.change.Row;
import dev.freshet.change.RowId;
import dev.freshet.change.TableId;
import dev.freshet.change.Unknown;
import dev.freshet.change.Version;
import dev.freshet.rules.RuleSet;
import dev.freshet.rules.catalog.Catalog;
import dev.freshet.rules.yaml.Loading;
import dev.freshet.rules.yaml.RuleFiles;
import dev.freshet.rules.yaml.Shell;
import dev.freshet.rules.yaml.Variables;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A shop's table of products, and changes of its one row. */
final class Catalogue {
    static final TableId PRODUCT = new TableId("public", "product");
    static final Version VERSION = new Version(1, 2, 3, 4);
    static final Instant AT = Instant.parse("2026-11-01T00:00:00Z");
    static final MapRow ROW = MapRow.of(
            "id",
            3L,
            "slug",
            "pen",
            "price",
            new BigDecimal("1.50"),
            "category_id",
            7L,
            "status",
            "live",
            "note",
            "x",
            "until",
            Instant.parse("2026-12-01T00:00:00Z"),
            "topics",
            List.of("ink", "office"));
    static final Catalog CATALOG = new Catalog(Map.of(
            PRODUCT,
            new Catalog.Table(
                    PRODUCT,
                    List.of(
                            column("id", Catalog.Kind.INTEGER),
                            column("slug", Catalog.Kind.TEXT),
                            column("price", Catalog.Kind.DECIMAL),
                            column("category_id", Catalog.Kind.INTEGER),
                            column("status", Catalog.Kind.TEXT),
                            column("note", Catalog.Kind.TEXT),
                            column("until", Catalog.Kind.OTHER),
                            column("topics", Catalog.Kind.OTHER)),
                    List.of(List.of("id"), List.of("slug")),
                    new Catalog.OldRow.Everything())));

    private Catalogue() {}

    private static Catalog.Column column(String name, Catalog.Kind kind) {
        return new Catalog.Column(name, "t", kind, false);
    }

    /** The words of what a change means under the rules of a file. */
    static List<String> told(Change change, String yaml) {
        return Words.of(plan(change, yaml));
    }

    static Plan plan(Change change, String yaml) {
        return new Planner(rules(yaml), CATALOG, OldKeys.REQUIRED).plan(change);
    }

    static RuleSet rules(String yaml) {
        return rules(yaml, CATALOG);
    }

    static RuleSet rules(String yaml, Catalog catalog) {
        try {
            Path file = Files.createTempFile("rules", ".yaml");
            try {
                Files.writeString(file, yaml);
                return switch (new RuleFiles(Variables.ofProcess()).load(file, catalog, Shell.UNREAD)) {
                    case Loading.Loaded<?> loaded -> loaded.rules();
                    case Loading.Refused<?> refused -> throw new AssertionError(refused.problems());
                };
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static MapRow unknownBut(MapRow row, String known) {
        MapRow unknown = row;
        for (String column : row.columns()) {
            unknown = column.equals(known) ? unknown : unknown.with(column, Unknown.VALUE);
        }
        return unknown;
    }

    static Change insert(Row row) {
        return new Change.Insert(PRODUCT, id(row), VERSION, AT, row);
    }

    static Change update(Row before, Row after) {
        return new Change.Update(PRODUCT, id(before), id(after), VERSION, AT, before, after);
    }

    static Change delete(Row row) {
        return new Change.Delete(PRODUCT, id(row), VERSION, AT, row);
    }

    static Change snapshot(Row row) {
        return new Change.Snapshot(PRODUCT, id(row), VERSION, AT, row);
    }

    static Change truncate() {
        return new Change.Truncate(PRODUCT, VERSION, AT);
    }

    private static RowId id(Row row) {
        return new RowId(PRODUCT, String.valueOf(row.get("id")));
    }
}
