package dev.freshet.rules.yaml;

import dev.freshet.rules.expression.Expression;
import dev.freshet.rules.expression.Template;
import dev.freshet.rules.expression.ValueShape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads {@code value}. */
final class ValueReader {
    private static final String FORMS = "a list of columns, a map {name: expression}, or all";
    private static final Pattern COLUMN = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final Pattern DATE = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");
    private static final Pattern EXPRESSION = Pattern.compile(".*[(){}\\[\\]\"'+*/=<>!&|?:].*", Pattern.DOTALL);

    private final RuleTexts texts;
    private final Problems problems;
    private final Reading reading;

    ValueReader(RuleTexts texts, Problems problems) {
        this.texts = texts.ofValues();
        this.problems = problems;
        this.reading = new Reading(problems);
    }

    /** The value of a string entry. */
    Optional<Template> text(Node node) {
        return switch (node) {
            case Node.Items items -> {
                problems.add(Reading.wrongKind(items, "a template, since a string entry holds text")
                        .suggesting("write as: json for a list of columns"));
                yield Optional.empty();
            }
            case Node.Scalar scalar -> template(scalar);
            case Node.Mapping map -> template(map);
            case Node.Broken broken -> Optional.empty();
        };
    }

    private Optional<Template> template(Node node) {
        return texts.template(node).map(found -> {
            SecretColumns.report(ColumnUse.inTemplate(found.scalar(), found.value()), problems);
            return found.value();
        });
    }

    private Optional<ValueShape.Leaf> leaf(Node node) {
        Optional<Expression> expression = texts.expression(node);
        if (node instanceof Node.Scalar scalar && DATE.matcher(scalar.text()).matches()) {
            problems.add(Problem.atValue(
                            scalar.spot(),
                            Code.BAD_EXPRESSION,
                            "a value is an expression, and this one subtracts two numbers from a third")
                    .suggesting(
                            "for the date " + QuotedLine.clause(scalar.spot().label(), "\"" + scalar.text() + "\"")));
        }
        if (node instanceof Node.Scalar scalar) {
            expression.ifPresent(
                    found -> SecretColumns.report(ColumnUse.inExpression(scalar, found.columns()), problems));
        }
        return expression.map(ValueShape.Leaf::new);
    }

    /** The value of a json or hash entry. */
    Optional<ValueShape> whole(Node value, Optional<Node> except) {
        if (value instanceof Node.Scalar scalar && scalar.text().equals("all")) {
            problems.add(Problem.atValue(
                            scalar.spot(),
                            Code.ALL_COLUMNS,
                            "a column added to the table is cached without being asked for")
                    .suggesting("list the columns, or write allow: [all-columns] in the rule"));
            Set<String> left = except.map(this::columnNames).orElse(Set.of());
            texts.allColumns(new SecretColumns.AllColumns(scalar, left));
            return Optional.of(new ValueShape.AllColumns(left));
        }
        except.ifPresent(this::exceptWithoutAll);
        return switch (value) {
            case Node.Items items -> columns(items);
            case Node.Mapping map -> members(map);
            case Node.Scalar scalar -> {
                Problem problem = Reading.wrongKind(scalar, FORMS);
                problems.add(
                        COLUMN.matcher(scalar.text()).matches()
                                ? problem.suggesting("write value: [" + scalar.text() + "]")
                                : problem);
                yield Optional.empty();
            }
            case Node.Broken broken -> Optional.empty();
        };
    }

    /** The value of a merged hash: fields with names. */
    Optional<ValueShape> named(Node value) {
        if (value instanceof Node.Scalar scalar && scalar.text().equals("all")) {
            problems.add(Problem.atValue(
                            scalar.spot(),
                            Code.BAD_VALUE,
                            "a merged hash names its fields, since rows of other rules own the rest")
                    .suggesting("list the columns"));
            return Optional.empty();
        }
        return whole(value, Optional.empty());
    }

    /** The value of one field: one expression. */
    Optional<ValueShape.Leaf> one(Node value) {
        return switch (value) {
            case Node.Scalar scalar -> leaf(scalar);
            case Node.Mapping map -> leaf(map);
            case Node.Items items -> {
                problems.add(Reading.wrongKind(items, "an expression, since member names one field")
                        .suggesting("leave member away and write merge: true for several fields"));
                yield Optional.empty();
            }
            case Node.Broken broken -> Optional.empty();
        };
    }

    void exceptWithoutAll(Node except) {
        problems.atName(except, Code.CONFLICTING_KEYS, "only goes with value: all");
    }

    private Optional<ValueShape> columns(Node.Items items) {
        if (items.nodes().isEmpty()) {
            problems.atValue(items, Code.MISSING_KEY, "the list is empty; expected " + FORMS);
            return Optional.empty();
        }
        items.nodes().forEach(node -> {
            if (node instanceof Node.Scalar scalar) {
                SecretColumns.report(ColumnUse.alone(scalar), problems);
            }
        });
        return Optional.of(new ValueShape.Columns(List.copyOf(columnNames(items))));
    }

    private Set<String> columnNames(Node list) {
        Set<String> names = new LinkedHashSet<>();
        for (Node node : reading.items(list).orElse(List.of())) {
            if (isColumn(node)) {
                texts.column(node)
                        .filter(name -> !names.add(name))
                        .ifPresent(twice ->
                                problems.atValue(node, Code.BAD_VALUE, "the column '" + twice + "' is listed twice"));
            }
        }
        return names;
    }

    /** Reports what is not the name of a column. */
    private boolean isColumn(Node node) {
        return switch (node) {
            case Node.Scalar scalar
            when EXPRESSION.matcher(scalar.text()).matches() ->
                notColumn(
                        node,
                        Reading.shown(scalar),
                        "an expression needs a name: value: {name: " + scalar.text() + "}");
            case Node.Scalar scalar -> true;
            case Node.Mapping map
            when map.isFlow() && map.members().size() == 1 -> {
                String name = map.members().keySet().iterator().next();
                yield notColumn(node, map.written(), "write " + name + " without braces");
            }
            case Node.Mapping map -> notColumn(node, "a map", "for names of your own write value: {name: expression}");
            case Node.Items items -> notColumn(node, "a list", "for names of your own write value: {name: expression}");
            case Node.Broken broken -> false;
        };
    }

    private boolean notColumn(Node node, String found, String suggestion) {
        problems.add(Problem.atValue(node.spot(), Code.WRONG_KIND, "expected the name of a column, found " + found)
                .suggesting(suggestion));
        return false;
    }

    private Optional<ValueShape> nested(Node node) {
        return switch (node) {
            case Node.Mapping map -> members(map);
            case Node.Items items -> elements(items);
            case Node.Scalar scalar -> leaf(scalar).map(shape -> shape);
            case Node.Broken broken -> Optional.empty();
        };
    }

    private Optional<ValueShape> elements(Node.Items items) {
        List<ValueShape> elements = new ArrayList<>();
        items.nodes().forEach(node -> nested(node).ifPresent(elements::add));
        return Optional.of(new ValueShape.Elements(List.copyOf(elements)));
    }

    private Optional<ValueShape> members(Node.Mapping map) {
        if (map.members().isEmpty()) {
            problems.atValue(map, Code.MISSING_KEY, "the map is empty; expected " + FORMS);
            return Optional.empty();
        }
        if (map.isFlow() && reportComma(map)) {
            return Optional.empty();
        }
        Map<String, ValueShape> members = new LinkedHashMap<>();
        map.members().forEach((name, node) -> nested(node).ifPresent(shape -> members.put(name, shape)));
        return Optional.of(new ValueShape.Members(Collections.unmodifiableMap(members)));
    }

    /** {@code {d: date(x, y)}} is, to YAML, a map of {@code d} and of {@code y)}. */
    private boolean reportComma(Node.Mapping map) {
        boolean reported = false;
        Node.Scalar previous = null;
        for (Map.Entry<String, Node> member : map.members().entrySet()) {
            boolean bare = member.getValue() instanceof Node.Scalar scalar && scalar.isAbsent();
            if (bare && previous != null) {
                String whole = previous.text() + ", " + member.getKey();
                problems.add(
                        Problem.atValue(previous.spot(), Code.NEEDS_QUOTES, "inside {...} YAML ends a text at a comma")
                                .suggesting(QuotedLine.clause(previous.spot().label(), whole)));
                reported = true;
            }
            previous = !bare && member.getValue() instanceof Node.Scalar scalar ? scalar : previous;
        }
        return reported;
    }
}
