package dev.freshet.rules.expression;

import dev.freshet.change.Row;
import dev.freshet.change.Unknown;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Evaluates a shape: {@link JsonFields} for an object, a list for a list, else a value of the row. */
final class ShapeValue {
    private ShapeValue() {}

    static @Nullable Object of(ValueShape shape, Scope scope) {
        return switch (shape) {
            case ValueShape.Columns(List<String> names) -> columns(names, scope.row());
            case ValueShape.AllColumns(Set<String> except) ->
                columns(
                        except.isEmpty()
                                ? scope.row().columns()
                                : scope.row().columns().stream()
                                        .filter(column -> !except.contains(column))
                                        .toList(),
                        scope.row());
            case ValueShape.Members(Map<String, ValueShape> members) ->
                new JsonFields(List.copyOf(members.keySet()), all(members.values(), scope));
            case ValueShape.Elements(List<ValueShape> elements) -> all(elements, scope);
            case ValueShape.Leaf(Expression expression) -> leaf(expression, scope);
        };
    }

    static JsonFields columns(List<String> names, Row row) {
        List<@Nullable Object> values = new ArrayList<>(names.size());
        for (String name : names) {
            Object value = row.get(name);
            if (value == Unknown.VALUE) {
                throw notSent(name);
            }
            values.add(value);
        }
        return new JsonFields(names, Collections.unmodifiableList(values));
    }

    private static List<@Nullable Object> all(Collection<ValueShape> shapes, Scope scope) {
        List<@Nullable Object> values = new ArrayList<>(shapes.size());
        for (ValueShape shape : shapes) {
            values.add(of(shape, scope));
        }
        return Collections.unmodifiableList(values);
    }

    private static @Nullable Object leaf(Expression expression, Scope scope) {
        Object value = expression.evaluate(scope);
        if (value == Unknown.VALUE) {
            throw notSent(Unsent.column(expression, scope));
        }
        return value;
    }

    private static EvaluationException notSent(String column) {
        return new EvaluationException(
                "column '" + column + "' was not sent with this change; give the table REPLICA IDENTITY FULL");
    }
}
