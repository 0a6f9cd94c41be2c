package dev.freshet.rules.expression;

import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How a put makes its value of a row. */
public sealed interface ValueShape {
    /**
     * Its value as JSON: numbers as numbers with every digit (NaN and infinities as text), bytes as base64 with padding (RFC
     * 4648, section 4), UUIDs, dates and times as in templates, NULL as null. Everything is evaluated now, so that what fails
     * fails here; bytes are made when asked for.
     *
     * @throws EvaluationException as {@link Expression#evaluate}; also where a value was not sent
     */
    default JsonValue toJson(Scope scope) {
        return new JsonDocument(JsonForm.writable(ShapeValue.of(this, scope)));
    }

    /**
     * Its fields for a hash, in order: text as in templates, nested things as JSON, NULL left out.
     *
     * @throws EvaluationException as {@link #toJson}
     * @throws IllegalStateException where it is a list or one expression, which have no fields
     */
    default Map<String, String> toHash(Scope scope) {
        if (!(ShapeValue.of(this, scope) instanceof JsonFields(List<String> names, var values))) {
            throw new IllegalStateException("a hash is made of columns or of named members");
        }
        Map<String, String> fields = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            Object value = values.get(i);
            if (value != null) {
                fields.put(names.get(i), TextForm.of(value));
            }
        }
        return Collections.unmodifiableMap(fields);
    }

    /** What it reads of a row. */
    default ReadColumns columns() {
        return switch (this) {
            case Columns(List<String> names) -> new ReadColumns.Only(Set.copyOf(names));
            case AllColumns(Set<String> except) -> new ReadColumns.AllBut(except);
            case Members(Map<String, ValueShape> members) -> together(members.values());
            case Elements(List<ValueShape> elements) -> together(elements);
            case Leaf(Expression expression) -> new ReadColumns.Only(expression.columns());
        };
    }

    /** What it reads of {@code before}. */
    default Set<String> columnsBefore() {
        return ofLeaves(Expression::columnsBefore);
    }

    /** What it reads of the row that a query found. */
    default Set<String> columnsFound() {
        return ofLeaves(Expression::columnsFound);
    }

    private Set<String> ofLeaves(Function<Expression, Set<String>> read) {
        return switch (this) {
            case Columns columns -> Set.of();
            case AllColumns all -> Set.of();
            case Members(Map<String, ValueShape> members) -> ofLeaves(members.values(), read);
            case Elements(List<ValueShape> elements) -> ofLeaves(elements, read);
            case Leaf(Expression expression) -> read.apply(expression);
        };
    }

    private static Set<String> ofLeaves(Iterable<ValueShape> shapes, Function<Expression, Set<String>> read) {
        Set<String> all = new HashSet<>();
        shapes.forEach(shape -> all.addAll(shape.ofLeaves(read)));
        return all;
    }

    private static ReadColumns together(Iterable<ValueShape> shapes) {
        ReadColumns all = ReadColumns.Only.NONE;
        for (ValueShape shape : shapes) {
            all = all.and(shape.columns());
        }
        return all;
    }

    /** {@code value: [id, name]}: an object of columns. */
    record Columns(List<String> names) implements ValueShape {
        public Columns {
            names = names.stream().map(String::intern).toList();
        }
    }

    /** {@code value: all}, {@code except: [...]}: an object of every column but these. */
    record AllColumns(Set<String> except) implements ValueShape {
        public AllColumns {
            except = Set.copyOf(except);
        }
    }

    /** {@code value: {name: expression}}: an object, its members in the order written; maps nest. */
    record Members(Map<String, ValueShape> members) implements ValueShape {
        public Members {
            members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
        }
    }

    /** A list. */
    record Elements(List<ValueShape> elements) implements ValueShape {
        public Elements {
            elements = List.copyOf(elements);
        }
    }

    /** One expression. */
    record Leaf(Expression expression) implements ValueShape {
        /**
         * As a hash's field has it: text as in templates, nested things as JSON; null for NULL.
         *
         * @throws EvaluationException as {@link #toJson}
         */
        public @Nullable String toText(Scope scope) {
            Object value = ShapeValue.of(this, scope);
            return value == null ? null : TextForm.of(value);
        }
    }
}
