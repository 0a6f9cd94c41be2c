package dev.freshet.rules.expression;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** How a put makes its value of a row. */
public sealed interface ValueShape {
    /** {@code value: [id, name]}: an object of columns. */
    record Columns(List<String> names) implements ValueShape {}

    /** {@code value: all}, {@code except: [...]}: an object of every column but these. */
    record AllColumns(Set<String> except) implements ValueShape {}

    /** {@code value: {name: expression}}: an object; maps nest. */
    record Members(Map<String, ValueShape> members) implements ValueShape {}

    /** A list. */
    record Elements(List<ValueShape> elements) implements ValueShape {}

    /** One expression. */
    record Leaf(Expression expression) implements ValueShape {}
}
