package dev.freshet.plan;

import dev.freshet.change.Change;
import dev.freshet.change.NoSuchColumnException;
import dev.freshet.change.RowId;
import dev.freshet.rules.Lifetime;
import dev.freshet.rules.QueryPut;
import dev.freshet.rules.expression.EvaluationException;
import dev.freshet.rules.expression.Scope;
import dev.freshet.rules.expression.Template;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Plans query puts: the old key and the new one are asked for anew. */
record QueryPuts(RowTexts texts, Rows rows) {
    void plan(QueryPut put, String path) {
        Map<CacheKey, Operation.Refresh> refreshes = new LinkedHashMap<>();
        if (rows.old() != null) {
            add(put, path, rows.old(), true, refreshes);
        }
        if (rows.now() != null) {
            add(put, path, rows.now(), false, refreshes);
        }
        refreshes.values().forEach(texts.effects()::write);
    }

    private void add(
            QueryPut put, String path, Scope scope, boolean isOld, Map<CacheKey, Operation.Refresh> refreshes) {
        if (texts.names(put.key(), path + ".key", scope, isOld).isEmpty()) {
            return;
        }
        try {
            for (Template.Filled filled : put.key().fill(scope)) {
                Operation.Refresh refresh = refresh(put, filled);
                refreshes.put(refresh.key(), refresh);
            }
        } catch (EvaluationException | NoSuchColumnException e) {
            texts.fail(path + ".key", e);
        }
    }

    private Operation.Refresh refresh(QueryPut put, Template.Filled filled) {
        Change change = texts.change();
        CacheKey key = new CacheKey(filled.name());
        Expiry expiry = switch (put.lifetime()) {
            case Lifetime.Unlimited unlimited -> new Expiry.Never();
            case Lifetime.Lasting lasting -> Spread.of(lasting.ttl(), key);
            case Lifetime.Until until -> throw new IllegalStateException("a query put has no moment of a row");
        };
        List<Object> values =
                put.bound().stream().map(hole -> filled.values().get(hole)).toList();
        return new Operation.Refresh(
                texts.rule().rule().name(),
                change.version(),
                change.committedAt(),
                row(change),
                key,
                put.form(),
                new Question(put.query(), List.copyOf(values), most(put.form())),
                expiry,
                tags(put, filled));
    }

    private static RowId row(Change change) {
        return switch (change) {
            case Change.Insert insert -> insert.row();
            case Change.Update update -> update.row();
            case Change.Delete delete -> delete.row();
            case Change.Snapshot snapshot -> snapshot.row();
            case Change.Truncate truncate ->
                throw new IllegalArgumentException("a truncated table's entries are swept");
            case Change.Altered altered -> throw new IllegalArgumentException("an altered table's rows come behind it");
        };
    }

    private static int most(QueryPut.Form form) {
        return switch (form) {
            case STRING, OBJECT, HASH -> 1;
            case ARRAY, SET, SORTED_SET -> Operation.Refresh.MOST_ROWS;
        };
    }

    private static Set<CacheTag> tags(QueryPut put, Template.Filled filled) {
        Set<CacheTag> tags = new LinkedHashSet<>();
        for (QueryPut.Tag tag : put.tagged()) {
            tags.add(new CacheTag(tag.filled(filled.texts())));
        }
        return tags;
    }
}
