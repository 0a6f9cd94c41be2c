package dev.freshet.rules.yaml;

import dev.freshet.rules.expression.Query;
import dev.freshet.rules.expression.Template;
import dev.freshet.rules.expression.Use;
import dev.freshet.rules.expression.View;
import java.util.List;

/**
 * An expression where it stands.
 *
 * @param offset where it begins, in chars of the scalar's text
 */
record TypedText(Node.Scalar scalar, int offset, String source, View view, Use use) {
    static List<TypedText> inTemplate(Node.Scalar scalar, Template template, View view) {
        return KeyText.of(template).holes().stream()
                .map(hole -> new TypedText(scalar, hole.offset(), hole.expression(), view, Use.ANYTHING))
                .toList();
    }

    static List<TypedText> inQuery(Node.Scalar scalar, Query query, View view) {
        return query.pieces().stream()
                .filter(Query.Parameter.class::isInstance)
                .map(Query.Parameter.class::cast)
                .map(parameter -> new TypedText(
                        scalar,
                        parameter.offset(),
                        query.parameters().get(parameter.index()).source(),
                        view,
                        Use.ANYTHING))
                .toList();
    }
}
