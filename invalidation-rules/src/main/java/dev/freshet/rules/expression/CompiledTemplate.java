package dev.freshet.rules.expression;

import dev.freshet.change.Unknown;
import dev.freshet.rules.catalog.Catalog;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Texts with holes between them. Equal where the sources are. */
final class CompiledTemplate implements Template {
    private static final Names NONE = new Names.Known(List.of());
    private static final int CHARS_A_HOLE = 12;

    private final String source;
    private final String[] texts;
    private final CompiledExpression[] holes;
    private final List<Integer> offsets;
    private final Set<String> columns;
    private final int usualLength;

    /** {@code texts} has one element more than {@code holes}; texts may be empty. {@code offsets} are those of the holes. */
    CompiledTemplate(String source, List<String> texts, List<CompiledExpression> holes, List<Integer> offsets) {
        this.source = source;
        this.texts = texts.toArray(String[]::new);
        this.holes = holes.toArray(CompiledExpression[]::new);
        this.offsets = List.copyOf(offsets);
        Set<String> read = new LinkedHashSet<>();
        holes.forEach(hole -> read.addAll(hole.columns()));
        this.columns = Set.copyOf(read);
        this.usualLength = source.length() + CHARS_A_HOLE * holes.size();
    }

    @Override
    public Names render(Scope scope) {
        return notEmpty(renderValue(scope));
    }

    @Override
    public Names renderUrl(Scope scope) {
        return notEmpty(several(scope, PathSegment::encode));
    }

    private static Names notEmpty(Names names) {
        if (names instanceof Names.Known(List<String> all) && all.contains("")) {
            throw new EvaluationException("the name is empty");
        }
        return names;
    }

    @Override
    public Names renderValue(Scope scope) {
        StringBuilder out = new StringBuilder(usualLength).append(texts[0]);
        for (int i = 0; i < holes.length; i++) {
            Object value = holes[i].node().value(scope, null);
            if (value == null || value == Unknown.VALUE || value instanceof List<?>) {
                return several(scope, UnaryOperator.identity());
            }
            TextForm.append(out, value);
            out.append(texts[i + 1]);
        }
        return new Names.Known(List.of(out.toString()));
    }

    /** The general case; what can be none is none, even where something else is not known. */
    private Names several(Scope scope, UnaryOperator<String> written) {
        CompiledExpression unknown = null;
        NameProduct product = new NameProduct(texts[0], written);
        for (int i = 0; i < holes.length; i++) {
            Object value = holes[i].node().value(scope, null);
            if (value == null || (value instanceof List<?> list && list.stream().allMatch(each -> each == null))) {
                return NONE;
            }
            if (value == Unknown.VALUE) {
                unknown = unknown == null ? holes[i] : unknown;
            } else if (unknown == null) {
                product.times(value instanceof List<?> list ? list : List.of(value), texts[i + 1]);
            }
        }
        return unknown == null ? product.names() : new Names.NotKnown(Unsent.column(unknown, scope));
    }

    @Override
    public List<Filled> fill(Scope scope) {
        Map<String, Filled> filled = new LinkedHashMap<>();
        fill(scope, new Filled(texts[0], List.of(), List.of()), filled);
        return List.copyOf(filled.values());
    }

    private void fill(Scope scope, Filled begun, Map<String, Filled> filled) {
        int hole = begun.values().size();
        if (hole == holes.length) {
            filled.putIfAbsent(begun.name(), begun);
            return;
        }
        Object value = holes[hole].node().value(scope, null);
        for (Object each : value instanceof List<?> list ? list : Collections.singletonList(value)) {
            if (each != null) {
                String text = TextForm.of(each);
                fill(
                        scope,
                        new Filled(
                                begun.name() + text + texts[hole + 1],
                                with(begun.values(), each),
                                with(begun.texts(), text)),
                        filled);
            }
        }
    }

    private static <T> List<T> with(List<T> some, T more) {
        List<T> all = new ArrayList<>(some);
        all.add(more);
        return all;
    }

    @Override
    public Set<String> columns() {
        return columns;
    }

    @Override
    public Set<String> columnsBefore() {
        return read(CompiledExpression::columnsBefore);
    }

    @Override
    public Set<String> columnsFound() {
        return read(CompiledExpression::columnsFound);
    }

    private Set<String> read(Function<CompiledExpression, Set<String>> reading) {
        Set<String> read = new LinkedHashSet<>();
        for (CompiledExpression hole : holes) {
            read.addAll(reading.apply(hole));
        }
        return Set.copyOf(read);
    }

    @Override
    public KeyPattern pattern(Optional<Catalog.Table> table) {
        PatternText pattern = new PatternText(table).text(texts[0]);
        for (int i = 0; i < holes.length; i++) {
            pattern.hole(holes[i].node()).text(texts[i + 1]);
        }
        return pattern.pattern();
    }

    @Override
    public boolean isConstant() {
        return holes.length == 0;
    }

    @Override
    public boolean beginsWithText() {
        return !texts[0].isEmpty();
    }

    @Override
    public List<Part> parts() {
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < texts.length; i++) {
            if (!texts[i].isEmpty()) {
                parts.add(new Literal(texts[i]));
            }
            if (i < holes.length) {
                parts.add(new Hole(offsets.get(i), holes[i].source()));
            }
        }
        return List.copyOf(parts);
    }

    @Override
    public String source() {
        return source;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CompiledTemplate that && source.equals(that.source);
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
