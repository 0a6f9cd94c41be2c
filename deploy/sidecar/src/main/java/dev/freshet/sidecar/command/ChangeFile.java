package dev.freshet.sidecar.command;

import dev.freshet.change.Change;
import dev.freshet.change.Row;
import dev.freshet.change.TableId;
import dev.freshet.rules.catalog.Catalog;
import dev.freshet.rules.yaml.Code;
import dev.freshet.rules.yaml.Kind;
import dev.freshet.rules.yaml.Node;
import dev.freshet.rules.yaml.Problem;
import dev.freshet.rules.yaml.Problems;
import dev.freshet.rules.yaml.Section;
import dev.freshet.rules.yaml.YamlFile;
import dev.freshet.sidecar.given.GivenChange;
import dev.freshet.sidecar.given.GivenRow;
import dev.freshet.sidecar.given.GivenRows;
import dev.freshet.sidecar.given.GivenTable;
import dev.freshet.sidecar.given.WrittenJson;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A change that a user wrote down, or copied from Debezium's topic. It is read as the changes of test files are: JSON is YAML
 * too, and values are what the columns' types make of them.
 *
 * @param before the old row, whole, where the file has one
 * @param after the new row, where the file has one
 */
record ChangeFile(GivenRows rows, Means means, Optional<GivenRow> before, Optional<GivenRow> after) {
    private static final Kind<Means> OPERATION = Kind.words(
            Map.of("c", Means.ROWS, "u", Means.ROWS, "d", Means.ROWS, "r", Means.SNAPSHOT, "t", Means.TRUNCATE),
            Set.of("m"));

    /** What kind of change it is. */
    enum Means {
        /** An insert, an update or a delete, by which rows there are. */
        ROWS,
        SNAPSHOT,
        TRUNCATE
    }

    /**
     * Reads one.
     *
     * @param catalog the tables there are; {@link Catalog#NONE} where none are known
     * @throws CommandFailedException with every problem where there is one
     */
    static ChangeFile read(Path file, Catalog catalog) {
        Problems problems = new Problems();
        return YamlFile.read(file, problems)
                .flatMap(top -> read(top, catalog, problems))
                .filter(read -> problems.errors() == 0)
                .orElseThrow(() -> CommandFailedException.invalid(ConfigOption.lines(
                        problems.sorted().stream().filter(Problem::isError).toList())));
    }

    private static Optional<ChangeFile> read(Section top, Catalog catalog, Problems problems) {
        if (!top.has("payload")) {
            return change(top, catalog, problems);
        }
        top.node("schema");
        Optional<ChangeFile> change = top.section("payload").flatMap(envelope -> change(envelope, catalog, problems));
        top.finish();
        return change;
    }

    private static Optional<ChangeFile> change(Section envelope, Catalog catalog, Problems problems) {
        boolean fromTopic = envelope.has("source");
        Optional<GivenRows> rows = fromTopic
                ? envelope.section("source").flatMap(source -> ofSource(source, catalog, problems))
                : envelope.required("table", GivenTable.NAME)
                        .flatMap(table ->
                                envelope.node("table").flatMap(at -> GivenTable.rows(table, at, catalog, problems)));
        Optional<GivenRow> before = rows.flatMap(known -> row(envelope, "before", known));
        Optional<GivenRow> after = rows.flatMap(known -> row(envelope, "after", known));
        Means means = Means.ROWS;
        if (fromTopic) {
            List.of("ts_ms", "ts_us", "ts_ns", "transaction").forEach(envelope::node);
            means = envelope.optional("op", OPERATION).orElse(Means.ROWS);
        }
        envelope.node("before");
        envelope.node("after");
        envelope.finish();
        if (problems.errors() == 0 && means != Means.TRUNCATE && before.isEmpty() && after.isEmpty()) {
            envelope.report(Code.MISSING_KEY, "neither 'before' nor 'after' holds a row");
        }
        return problems.errors() > 0
                ? Optional.empty()
                : Optional.of(new ChangeFile(rows.orElseThrow(), means, before, after));
    }

    /** Debezium says much more of where a change comes from. */
    private static Optional<GivenRows> ofSource(Section source, Catalog catalog, Problems problems) {
        Optional<String> schema = source.required("schema", Kind.TEXT);
        Optional<String> table = source.required("table", Kind.TEXT);
        Optional<GivenRows> rows = schema.flatMap(in -> table.flatMap(name ->
                source.node("table").flatMap(at -> GivenTable.rows(new TableId(in, name), at, catalog, problems))));
        if (schema.isEmpty() || table.isEmpty()) {
            source.report(Code.MISSING_KEY, "'schema' and 'table' say whose row this is");
        }
        return rows;
    }

    private static Optional<GivenRow> row(Section envelope, String key, GivenRows rows) {
        return envelope.node(key)
                .filter(node -> !(node instanceof Node.Scalar scalar && WrittenJson.isNull(scalar)))
                .flatMap(node -> envelope.map(key))
                .map(rows::row);
    }

    TableId table() {
        return rows.table();
    }

    /** As the database would send it. */
    Change change() {
        return switch (means) {
            case TRUNCATE -> GivenChange.truncate(table());
            case SNAPSHOT -> GivenChange.snapshot(rows.id(row()), row());
            case ROWS ->
                before.isPresent() && after.isPresent()
                        ? GivenChange.update(
                                rows.id(before.get()), rows.id(after.get()), rows.sent(before.get()), after.get())
                        : GivenChange.of(rows.id(row()), before.map(rows::sent), after.map(Row.class::cast));
        };
    }

    /** The new row, of a delete the old one. */
    GivenRow row() {
        return after.or(() -> before).orElseThrow(() -> CommandFailedException.failed("a truncate has no row"));
    }
}
