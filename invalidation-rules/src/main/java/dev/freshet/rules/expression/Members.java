package dev.freshet.rules.expression;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is inside lists and maps; what is not there is NULL. */
final class Members {
    private Members() {}

    /** {@code x.member}, {@code x["member"]}, {@code x[0]}. */
    static @Nullable Object get(Object of, Object key) {
        if (of instanceof Map<?, ?> map) {
            if (key instanceof String name) {
                return map.get(name);
            }
            throw new EvaluationException("a member is named by text, not by " + Kinds.name(key));
        }
        if (of instanceof List<?> list) {
            if (key instanceof Long index) {
                return index >= 0 && index < list.size() ? list.get(index.intValue()) : null;
            }
            throw new EvaluationException("an element is numbered by an integer, not by " + Kinds.name(key));
        }
        throw new EvaluationException("only maps and lists have members, not " + Kinds.name(of));
    }

    /** {@code value in of}: an element of a list, a name of a map. */
    static Object contains(Object value, Object of) {
        return switch (of) {
            case List<?> list -> Equality.contains(list, value);
            case Map<?, ?> map -> value instanceof String && map.containsKey(value);
            default -> throw new EvaluationException("'in' looks into a list or a map, not into " + Kinds.name(of));
        };
    }
}
