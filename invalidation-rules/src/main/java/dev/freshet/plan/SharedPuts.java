package dev.freshet.plan;

import dev.freshet.change.Change;
import dev.freshet.change.NoSuchColumnException;
import dev.freshet.change.Unknown;
import dev.freshet.rules.RowPut;
import dev.freshet.rules.expression.EvaluationException;
import dev.freshet.rules.expression.Expression;
import dev.freshet.rules.expression.Scope;
import dev.freshet.rules.expression.Template;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Plans puts whose row owns a part of an entry. */
record SharedPuts(RowTexts texts, Rows rows) {
    /** A part of an entry. */
    private record Owned(CacheKey key, Part part) {}

    /** What every part of one put is to hold; null: the row has nothing to say, so the part goes. */
    private interface Content extends Function<Part, @Nullable Share> {}

    void plan(BoundPut bound, RowPut.Shared form) {
        if (rows.leave(texts.rule(), bound)) {
            return;
        }
        Set<Owned> written = rows.now() == null ? Set.of() : owned(bound, form, rows.now(), false);
        if (!written.isEmpty() && rows.now() != null) {
            Content content = content(bound, form, rows.now());
            for (Owned each : written) {
                Share share = content.apply(each.part());
                if (share == null) {
                    remove(each);
                } else {
                    write(each.key(), share);
                }
            }
        }
        if (rows.old() != null) {
            for (Owned each : owned(bound, form, rows.old(), true)) {
                if (!written.contains(each)) {
                    remove(each);
                }
            }
        }
    }

    private void write(CacheKey key, Share share) {
        Change change = texts.change();
        texts.effects()
                .write(new Operation.PutPart(
                        texts.rule().rule().name(), change.version(), change.committedAt(), key, rows.nowId(), share));
    }

    private void remove(Owned owned) {
        Change change = texts.change();
        texts.effects()
                .remove(new Operation.RemovePart(
                        texts.rule().rule().name(),
                        change.version(),
                        change.committedAt(),
                        owned.key(),
                        owned.part(),
                        rows.oldId()));
    }

    /** Every key with every member. */
    private Set<Owned> owned(BoundPut bound, RowPut.Shared form, Scope scope, boolean isOld) {
        Set<Owned> owned = new LinkedHashSet<>();
        List<CacheKey> keys = texts.keys(bound.put().key(), bound.keyPath(), scope, isOld);
        if (!keys.isEmpty()) {
            List<? extends Part> parts = parts(bound, form, scope, isOld);
            keys.forEach(key -> parts.forEach(part -> owned.add(new Owned(key, part))));
        }
        return owned;
    }

    private List<? extends Part> parts(BoundPut bound, RowPut.Shared form, Scope scope, boolean isOld) {
        return switch (form) {
            case RowPut.AsMergedHash merged -> List.of(new Part.Fields(merged.fields()));
            case RowPut.AsHashField field -> members(field.member(), bound, scope, isOld, Part.Field::new);
            case RowPut.AsSetMember set -> members(set.member(), bound, scope, isOld, Part.SetMember::new);
            case RowPut.AsSortedSetMember sorted ->
                members(sorted.member(), bound, scope, isOld, Part.SortedSetMember::new);
        };
    }

    private List<? extends Part> members(
            Template member, BoundPut bound, Scope scope, boolean isOld, Function<String, Part> part) {
        return texts.names(member, bound.memberPath(), scope, isOld).stream()
                .map(part)
                .toList();
    }

    /** Evaluated once, however many parts there are; a part whose content cannot be made goes rather than stay stale. */
    private Content content(BoundPut bound, RowPut.Shared form, Scope scope) {
        return switch (form) {
            case RowPut.AsMergedHash merged -> {
                Map<String, String> values =
                        orNone(bound.valuePath(), () -> merged.value().toHash(scope));
                yield part -> part instanceof Part.Fields fields && values != null && !values.isEmpty()
                        ? new Share.Fields(fields, values)
                        : null;
            }
            case RowPut.AsHashField field -> {
                String value = orNone(bound.valuePath(), () -> field.value().toText(scope));
                yield part -> part instanceof Part.Field name && value != null ? new Share.Field(name, value) : null;
            }
            case RowPut.AsSetMember set ->
                part -> part instanceof Part.SetMember member ? new Share.SetMember(member) : null;
            case RowPut.AsSortedSetMember sorted -> {
                Double score = orNone(bound.scorePath(), () -> score(sorted.score(), scope));
                yield part -> part instanceof Part.SortedSetMember member && score != null
                        ? new Share.SortedSetMember(member, score)
                        : null;
            }
        };
    }

    private interface Made<T> {
        @Nullable
        T make();
    }

    private <T> @Nullable T orNone(String path, Made<T> made) {
        try {
            return made.make();
        } catch (EvaluationException | NoSuchColumnException e) {
            texts.fail(path, e);
            return null;
        }
    }

    private @Nullable Double score(Expression expression, Scope scope) {
        Object value = expression.evaluate(scope);
        if (value == Unknown.VALUE) {
            throw texts.notSent(expression.source());
        }
        return Scores.of(value);
    }
}
