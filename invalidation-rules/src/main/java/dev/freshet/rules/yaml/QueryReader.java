package dev.freshet.rules.yaml;

import dev.freshet.rules.ForEach;
import dev.freshet.rules.TableSelector;
import dev.freshet.rules.catalog.Catalog;
import dev.freshet.rules.expression.Compiled;
import dev.freshet.rules.expression.Expression;
import dev.freshet.rules.expression.Expressions;
import dev.freshet.rules.expression.Query;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the queries of one rule. */
record QueryReader(List<TableSelector> tables, Catalog catalog, Problems problems) {
    /** {@code texts} are those of the query's parameters. */
    Optional<RuleTexts.Compilation<Query>> read(Node node, RuleTexts texts) {
        Optional<RuleTexts.Compilation<Query>> read = texts.query(node);
        read.ifPresent(found -> found.value().quoted().stream()
                .filter(quoted -> isName(quoted.name(), texts))
                .forEach(quoted -> problems.add(new Problem(
                        Code.QUOTED_PARAMETER,
                        found.scalar().placeOf(quoted.offset()),
                        found.scalar().spot().path(),
                        "in quotes '{" + quoted.name() + "}' is text and no parameter",
                        Optional.of("join the texts: '%' || {" + quoted.name() + "}")))));
        return read;
    }

    /** {@code {variable: select}}. */
    Optional<ForEach> forEach(Node node, RuleTexts texts) {
        if (node instanceof Node.Scalar scalar && !scalar.isAbsent()) {
            problems.add(Reading.wrongKind(scalar, "a variable and its query")
                    .suggesting("write for_each: {p: "
                            + QuotedLine.quote(scalar.written().meaning()) + "}"));
            return Optional.empty();
        }
        return new Reading(problems).map(node).flatMap(map -> {
            if (map.members().size() != 1) {
                problems.atValue(
                        node,
                        Code.BAD_VALUE,
                        "expected one variable and its query, {name: \"select ...\"}, found "
                                + map.members().size() + " of them");
                return Optional.empty();
            }
            Map.Entry<String, Node> only = map.members().entrySet().iterator().next();
            checkVariable(only.getKey(), only.getValue());
            return read(only.getValue(), texts).map(found -> new ForEach(only.getKey(), found.value(), Set.of()));
        });
    }

    private void checkVariable(String name, Node query) {
        boolean isName = Expressions.compile(name) instanceof Compiled.Ready<Expression>(Expression expression)
                && expression.columns().equals(Set.of(name));
        if (!isName) {
            problems.atName(
                    query,
                    Code.BAD_VALUE,
                    "not a name; a name has only A-Z a-z 0-9 _, begins with no digit and is no word of CEL");
        }
    }

    private boolean isName(String text, RuleTexts texts) {
        int dot = text.indexOf('.');
        return dot > 0
                ? texts.isVariable(text.substring(0, dot))
                : tables.stream()
                        .anyMatch(selector -> selector.names().containsKey(text)
                                || ColumnCheck.tables(catalog, selector).stream()
                                        .anyMatch(table -> table.column(text).isPresent()));
    }
}
