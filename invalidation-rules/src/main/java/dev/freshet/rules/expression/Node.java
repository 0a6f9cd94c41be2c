package dev.freshet.rules.expression;

import dev.freshet.change.Row;
import dev.freshet.change.Unknown;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One step of a compiled expression.
 *
 * <p>A value is what {@link dev.freshet.change.Row} lists. {@link Unknown#VALUE} stands for the whole of a value, never for an
 * element of a list or a member of a map.
 */
sealed interface Node
        permits Node.Constant,
                Node.Column,
                Node.TablePart,
                Node.EventColumn,
                Node.FoundColumn,
                Node.ChangePart,
                Node.LoopVariable,
                Node.Unary,
                Node.Binary,
                Node.ListOf,
                Node.MapOf,
                Logic,
                Loop {
    /** @param element what the loop around it stands at; without a loop, null */
    @Nullable
    Object value(Scope scope, @Nullable Object element);

    /** What is done to a value that is neither NULL nor unknown. */
    interface StrictUnary {
        @Nullable
        Object apply(Object operand);
    }

    /** What is done to two values that are neither NULL nor unknown. */
    interface StrictBinary {
        @Nullable
        Object apply(Object left, Object right);
    }

    record Constant(@Nullable Object constant) implements Node {
        @Override
        public @Nullable Object value(Scope scope, @Nullable Object element) {
            return constant;
        }
    }

    /** Names of columns are interned wherever a row is asked for them again and again: equal ones are found equal at once. */
    record Column(String name) implements Node {
        public Column {
            name = name.intern();
        }

        @Override
        public @Nullable Object value(Scope scope, @Nullable Object element) {
            return scope.row().get(name);
        }
    }

    /** {@code table.schema} or {@code table.name}. */
    enum TablePart implements Node {
        SCHEMA {
            @Override
            public Object value(Scope scope, @Nullable Object element) {
                return scope.table().schema();
            }
        },
        NAME {
            @Override
            public Object value(Scope scope, @Nullable Object element) {
                return scope.table().name();
            }
        }
    }

    /** {@code before.name} or {@code after.name}; NULL where there is no such row. */
    record EventColumn(boolean isBefore, String name) implements Node {
        @Override
        public @Nullable Object value(Scope scope, @Nullable Object element) {
            Event event = scope.eventOrThrow();
            Row row = isBefore ? event.before() : event.after();
            return row == null ? null : row.get(name);
        }
    }

    /** A column of the row that a query found. */
    record FoundColumn(String name) implements Node {
        @Override
        public @Nullable Object value(Scope scope, @Nullable Object element) {
            return scope.foundOrThrow().get(name);
        }
    }

    /** {@code change.op}, {@code change.committed_at} or {@code change.position}. */
    enum ChangePart implements Node {
        OP {
            @Override
            public Object value(Scope scope, @Nullable Object element) {
                return scope.eventOrThrow().op();
            }
        },
        COMMITTED_AT {
            @Override
            public Object value(Scope scope, @Nullable Object element) {
                return scope.eventOrThrow().committedAt();
            }
        },
        POSITION {
            @Override
            public Object value(Scope scope, @Nullable Object element) {
                return scope.eventOrThrow().position();
            }
        }
    }

    /** The name that {@code list.exists(name, ...)} introduces. */
    record LoopVariable() implements Node {
        @Override
        public @Nullable Object value(Scope scope, @Nullable Object element) {
            return element;
        }
    }

    /** An operator or function of one operand: NULL of NULL, not known of not known. */
    record Unary(StrictUnary operation, Node operand) implements Node {
        @Override
        public @Nullable Object value(Scope scope, @Nullable Object element) {
            Object x = operand.value(scope, element);
            return x == null || x == Unknown.VALUE ? x : operation.apply(x);
        }
    }

    /** An operator or function of two operands: NULL where one is NULL, else not known where one is not. */
    record Binary(StrictBinary operation, Node left, Node right) implements Node {
        @Override
        public @Nullable Object value(Scope scope, @Nullable Object element) {
            Object l = left.value(scope, element);
            Object r = right.value(scope, element);
            if (l == null || r == null) {
                return null;
            }
            return l == Unknown.VALUE || r == Unknown.VALUE ? Unknown.VALUE : operation.apply(l, r);
        }
    }

    record ListOf(List<Node> elements) implements Node {
        @Override
        public Object value(Scope scope, @Nullable Object element) {
            List<@Nullable Object> made = new ArrayList<>(elements.size());
            for (Node each : elements) {
                Object value = each.value(scope, element);
                if (value == Unknown.VALUE) {
                    return value;
                }
                made.add(value);
            }
            return Collections.unmodifiableList(made);
        }
    }

    /** @param members by name, in the order written */
    record MapOf(Map<String, Node> members) implements Node {
        @Override
        public Object value(Scope scope, @Nullable Object element) {
            Map<String, @Nullable Object> made = new LinkedHashMap<>();
            for (Map.Entry<String, Node> member : members.entrySet()) {
                Object value = member.getValue().value(scope, element);
                if (value == Unknown.VALUE) {
                    return value;
                }
                made.put(member.getKey(), value);
            }
            return Collections.unmodifiableMap(made);
        }
    }
}
