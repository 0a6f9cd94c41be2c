package dev.freshet.rules.yaml;

import dev.freshet.change.TableId;
import dev.freshet.rules.TableSelector;
import dev.freshet.rules.catalog.Catalog;
import dev.freshet.rules.expression.Compiled;
import dev.freshet.rules.expression.Expression;
import dev.freshet.rules.expression.Expressions;
import dev.freshet.rules.expression.Spelling;
import dev.freshet.rules.expression.Use;
import dev.freshet.rules.expression.View;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code table}: a name, a pattern, a list of them, or a map from them to names. */
final class TableReader {
    private static final Pattern NAME = Pattern.compile("([^.\\s{}]+)\\.([^.\\s{}]+)");
    private final RuleTexts texts;
    private final Catalog catalog;
    private final Problems problems;
    private final Reading reading;
    private final Map<String, List<Node>> given = new LinkedHashMap<>();

    TableReader(RuleTexts texts, Catalog catalog, Problems problems) {
        this.texts = texts;
        this.catalog = catalog;
        this.problems = problems;
        this.reading = new Reading(problems);
    }

    /** Warns of names that nothing in the rule reads; to be asked once all of it was read. */
    void reportUnusedNames() {
        given.forEach((name, nodes) -> {
            if (texts.uses().stream().noneMatch(use -> use.columns().contains(name))) {
                nodes.forEach(node -> problems.atName(node, Code.UNUSED, "nothing in the rule reads this name"));
            }
        });
    }

    List<TableSelector> read(Node node) {
        return switch (node) {
            case Node.Items items
            when items.nodes().isEmpty() -> {
                problems.atValue(items, Code.MISSING_KEY, "the list is empty; name at least one table");
                yield List.of();
            }
            case Node.Items items ->
                items.nodes().stream().flatMap(item -> named(item).stream()).toList();
            case Node.Mapping map
            when map.members().isEmpty() -> {
                problems.atValue(map, Code.MISSING_KEY, "the map is empty; name at least one table");
                yield List.of();
            }
            case Node.Mapping map ->
                map.members().entrySet().stream()
                        .flatMap(member -> withNames(member.getKey(), member.getValue()).stream())
                        .toList();
            case Node.Scalar scalar -> named(scalar).stream().toList();
            case Node.Broken broken -> List.of();
        };
    }

    private Optional<TableSelector> named(Node node) {
        if (node instanceof Node.Mapping map) {
            problems.add(
                    Reading.wrongKind(map, "schema.table")
                            .suggesting(
                                    "names of its own need a map in place of the list: table: {schema.table: {name: expression}}"));
            return Optional.empty();
        }
        return reading.text(node)
                .flatMap(scalar ->
                        selector(scalar.text(), Map.of(), Problem.atValue(scalar.spot(), Code.BAD_VALUE, "")));
    }

    private Optional<TableSelector> withNames(String table, Node node) {
        Map<String, Expression> names = new LinkedHashMap<>();
        boolean nothing = node instanceof Node.Scalar scalar && scalar.isAbsent();
        Optional<TableSelector> bare = selector(table, Map.of(), Problem.atName(node.spot(), Code.BAD_VALUE, ""));
        if (!nothing) {
            reading.map(node)
                    .ifPresent(map -> map.members().forEach((name, expression) -> {
                        if (!isName(name)) {
                            problems.atName(
                                    expression,
                                    Code.BAD_VALUE,
                                    "not a name; a name has only A-Z a-z 0-9 _, begins with no digit and is no word of CEL");
                        }
                        given.computeIfAbsent(name, first -> new ArrayList<>()).add(expression);
                        texts.expressionOfOneTable(expression).ifPresent(found -> {
                            names.put(name, found.value());
                            bare.ifPresent(selector -> check(selector, found));
                        });
                    }));
        }
        return bare.map(selector -> new TableSelector(selector.schema(), selector.table(), names));
    }

    private void check(TableSelector selector, RuleTexts.Compilation<Expression> found) {
        ColumnUse use = ColumnUse.inExpression(found.scalar(), found.value().columns());
        new ColumnCheck(catalog, problems).check(List.of(selector), List.of(use));
        TypedText text = new TypedText(found.scalar(), 0, found.scalar().text(), View.ROW, Use.ANYTHING);
        new TypeCheck(catalog, problems).check(List.of(selector), List.of(text));
    }

    /** Whether an expression that is this text reads a column of this name. */
    private static boolean isName(String text) {
        return Expressions.compile(text) instanceof Compiled.Ready<Expression>(Expression expression)
                && expression.columns().equals(Set.of(text));
    }

    /** @param blank a problem at the right place, to be given a message */
    private Optional<TableSelector> selector(String text, Map<String, Expression> names, Problem blank) {
        Matcher parts = NAME.matcher(text);
        if (!parts.matches()) {
            Problem problem = blank.saying(Code.BAD_VALUE, "expected schema.table, found '" + text + "'");
            problems.add(
                    text.matches("[A-Za-z_]\\w*")
                            ? problem.suggestingSpelling(Optional.of(schemaOf(text) + "." + text))
                            : problem);
            return Optional.empty();
        }
        TableSelector selector = new TableSelector(parts.group(1), parts.group(2), names);
        checkKnown(selector, blank);
        return Optional.of(selector);
    }

    private String schemaOf(String table) {
        return catalog.tables().keySet().stream()
                .filter(id -> id.name().equals(table))
                .map(TableId::schema)
                .sorted()
                .findFirst()
                .orElse("public");
    }

    private void checkKnown(TableSelector selector, Problem blank) {
        if (catalog.tables().isEmpty() || catalog.tables().keySet().stream().anyMatch(selector::matches)) {
            return;
        }
        if (selector.isExact()) {
            List<String> known =
                    catalog.tables().keySet().stream().map(TableId::toString).toList();
            problems.add(blank.saying(Code.UNKNOWN_TABLE, "the database has no table " + selector)
                    .suggestingSpelling(Spelling.nearest(selector.toString(), known)));
        } else {
            problems.add(blank.saying(Code.UNMATCHED_TABLE, "no table matches " + selector + " now"));
        }
    }
}
