package dev.freshet.rules.expression;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Equal where the sources are: the same text means the same everywhere. */
record CompiledExpression(
        Node node, Set<String> columns, Set<String> columnsBefore, Set<String> columnsFound, String source)
        implements Expression {
    CompiledExpression {
        columns = Set.copyOf(columns);
        columnsBefore = Set.copyOf(columnsBefore);
        columnsFound = Set.copyOf(columnsFound);
    }

    @Override
    public @Nullable Object evaluate(Scope scope) {
        return node.value(scope, null);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CompiledExpression that && source.equals(that.source);
    }

    @Override
    public int hashCode() {
        return source.hashCode();
    }

    @Override
    public String toString() {
        return source;
    }
}
