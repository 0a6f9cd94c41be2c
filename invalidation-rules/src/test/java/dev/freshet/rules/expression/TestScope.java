package dev.freshet.rules.expression;

import dev.freshet.change.NoSuchColumnException;
import dev.freshet.change.Row;
import dev.freshet.change.TableId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rows written down in tests, and what expressions make of them. */
final class TestScope {
    static final TableId PRODUCT = new TableId("public", "product");

    private TestScope() {}

    /** A row of {@code public.product}: name, value, name, value. */
    static Scope row(@Nullable Object... namesAndValues) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            values.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
        }
        return new Scope(PRODUCT, new WrittenRow(values));
    }

    static @Nullable Object evaluate(String source, @Nullable Object... namesAndValues) {
        return compile(source).evaluate(row(namesAndValues));
    }

    static Expression compile(String source) {
        return switch (Expressions.compile(source)) {
            case Compiled.Ready<Expression>(Expression expression) -> expression;
            case Compiled.Refused<Expression>(List<SyntaxProblem> problems) ->
                throw new AssertionError(source + ": " + problems);
        };
    }

    static List<SyntaxProblem> problems(String source) {
        return switch (Expressions.compile(source)) {
            case Compiled.Ready<Expression>(Expression expression) ->
                throw new AssertionError(expression.source() + " has no problem");
            case Compiled.Refused<Expression>(List<SyntaxProblem> problems) -> problems;
        };
    }

    static Template template(String source) {
        return switch (Template.compile(source)) {
            case Compiled.Ready<Template>(Template template) -> template;
            case Compiled.Refused<Template>(List<SyntaxProblem> problems) ->
                throw new AssertionError(source + ": " + problems);
        };
    }

    private record WrittenRow(Map<String, @Nullable Object> values) implements Row {
        @Override
        public @Nullable Object get(String column) {
            if (!values.containsKey(column)) {
                throw new NoSuchColumnException(column, values.keySet());
            }
            return values.get(column);
        }

        @Override
        public List<String> columns() {
            return List.copyOf(values.keySet());
        }
    }
}
