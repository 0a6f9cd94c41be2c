package dev.freshet.rules.expression;

import dev.freshet.change.Unknown;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One pass over a list, or over a map's keys. Passes do not nest, so the cost is a row's size times the expression's. */
record Loop(Kind kind, Node range, Node body) implements Node {
    private static final int MAX_ELEMENTS = 10_000;

    enum Kind {
        EXISTS,
        ALL,
        EXISTS_ONE,
        MAP,
        FILTER
    }

    @Override
    public @Nullable Object value(Scope scope, @Nullable Object element) {
        Object over = range.value(scope, element);
        return switch (over) {
            case null -> null;
            case Unknown unknown -> unknown;
            case List<?> list -> pass(scope, list);
            case Map<?, ?> map -> pass(scope, map.keySet());
            default -> throw new EvaluationException("a loop goes over a list or a map, not " + Kinds.name(over));
        };
    }

    private @Nullable Object pass(Scope scope, Collection<? extends @Nullable Object> elements) {
        if (elements.size() > MAX_ELEMENTS) {
            throw new EvaluationException("a loop goes over at most " + MAX_ELEMENTS + " elements");
        }
        return switch (kind) {
            case EXISTS -> any(scope, elements, true);
            case ALL -> any(scope, elements, false);
            case EXISTS_ONE -> one(scope, elements);
            case MAP -> map(scope, elements);
            case FILTER -> filter(scope, elements);
        };
    }

    /** {@code decisive} at the first element that gives it, else its opposite as far as NULL and unknown allow. */
    private @Nullable Object any(Scope scope, Collection<? extends @Nullable Object> elements, boolean decisive) {
        boolean unknown = false;
        boolean absent = false;
        for (Object element : elements) {
            Object truth = Logic.truth(body.value(scope, element), kind == Kind.EXISTS ? "exists" : "all");
            if (truth instanceof Boolean is && is == decisive) {
                return truth;
            }
            unknown |= truth == Unknown.VALUE;
            absent |= truth == null;
        }
        return settled(unknown, absent, !decisive);
    }

    private @Nullable Object one(Scope scope, Collection<? extends @Nullable Object> elements) {
        boolean unknown = false;
        boolean absent = false;
        int count = 0;
        for (Object element : elements) {
            Object truth = Logic.truth(body.value(scope, element), "exists_one");
            if (Boolean.TRUE.equals(truth) && ++count > 1) {
                return false;
            }
            unknown |= truth == Unknown.VALUE;
            absent |= truth == null;
        }
        return settled(unknown, absent, count == 1);
    }

    private static @Nullable Object settled(boolean unknown, boolean absent, boolean otherwise) {
        if (unknown) {
            return Unknown.VALUE;
        }
        return absent ? null : otherwise;
    }

    private Object map(Scope scope, Collection<? extends @Nullable Object> elements) {
        List<@Nullable Object> made = new ArrayList<>(elements.size());
        for (Object element : elements) {
            Object value = body.value(scope, element);
            if (value == Unknown.VALUE) {
                return value;
            }
            made.add(value);
        }
        return Collections.unmodifiableList(made);
    }

    /** As {@code where} does, it drops an element whose condition is NULL. */
    private Object filter(Scope scope, Collection<? extends @Nullable Object> elements) {
        List<@Nullable Object> kept = new ArrayList<>();
        for (Object element : elements) {
            Object truth = Logic.truth(body.value(scope, element), "filter");
            if (truth == Unknown.VALUE) {
                return truth;
            }
            if (Boolean.TRUE.equals(truth)) {
                kept.add(element);
            }
        }
        return Collections.unmodifiableList(kept);
    }
}
