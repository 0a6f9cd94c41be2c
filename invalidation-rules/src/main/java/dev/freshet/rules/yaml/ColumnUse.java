package dev.freshet.rules.yaml;

import dev.freshet.rules.expression.Query;
import dev.freshet.rules.expression.Template;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A scalar and the columns it reads.
 *
 * @param scalar where they stand
 * @param columns their names
 * @param code the scalar's text with everything blanked that is not an expression, so that a name found in it is a name
 */
record ColumnUse(Node.Scalar scalar, Set<String> columns, String code) {
    private static final Pattern QUOTED = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"|'(?:[^'\\\\]|\\\\.)*'");

    static ColumnUse alone(Node.Scalar scalar) {
        return new ColumnUse(scalar, Set.of(scalar.text()), scalar.text());
    }

    static ColumnUse inExpression(Node.Scalar scalar, Set<String> columns) {
        return new ColumnUse(scalar, columns, scalar.text());
    }

    static ColumnUse inTemplate(Node.Scalar scalar, Template template) {
        StringBuilder code = new StringBuilder(" ".repeat(scalar.text().length()));
        for (Template.Hole hole : KeyText.of(template).holes()) {
            code.replace(hole.offset(), hole.offset() + hole.expression().length(), hole.expression());
        }
        return new ColumnUse(scalar, template.columns(), code.toString());
    }

    static ColumnUse inQuery(Node.Scalar scalar, Query query) {
        StringBuilder code = new StringBuilder(" ".repeat(scalar.text().length()));
        for (Query.Piece piece : query.pieces()) {
            if (piece instanceof Query.Parameter(int index, int offset)) {
                String expression = query.parameters().get(index).source();
                code.replace(offset, offset + expression.length(), expression);
            }
        }
        return new ColumnUse(scalar, query.columns(), code.toString());
    }

    /** Where a column's name stands; the scalar's start where it cannot be found. */
    Place placeOf(String column) {
        if (code.equals(column)) {
            return scalar.placeOf(0);
        }
        Pattern name = Pattern.compile(
                "(?<![\\w.]|(?<!\\b(?:row|before|after))\\.)" + Pattern.quote(column) + "(?!\\w|\\s*\\()");
        Matcher outside = name.matcher(QUOTED.matcher(code)
                .replaceAll(quoted -> " ".repeat(quoted.group().length())));
        if (outside.find()) {
            return scalar.placeOf(outside.start());
        }
        Matcher anywhere = Pattern.compile("(?:row|before|after)\\[(?=[\"']" + Pattern.quote(column) + "[\"'])")
                .matcher(code);
        return anywhere.find()
                ? scalar.placeOf(anywhere.end() + 1)
                : scalar.spot().value();
    }
}
