package dev.freshet.plan;

import dev.freshet.change.Change;
import dev.freshet.change.NoSuchColumnException;
import dev.freshet.change.Unknown;
import dev.freshet.rules.Lifetime;
import dev.freshet.rules.RowPut;
import dev.freshet.rules.expression.EvaluationException;
import dev.freshet.rules.expression.Names;
import dev.freshet.rules.expression.Scope;
import dev.freshet.rules.expression.Template;
import dev.freshet.rules.expression.ValueShape;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Plans puts whose row owns the whole entry. */
record WholePuts(RowTexts texts, Rows rows) {
    /** What the entry is to hold and how long. */
    private record Content(Entry entry, @Nullable Instant until) {}

    void plan(BoundPut bound, RowPut.Whole form) {
        if (rows.leave(texts.rule(), bound)) {
            return;
        }
        RowPut put = bound.put();
        List<CacheKey> written =
                rows.now() == null ? List.of() : texts.keys(put.key(), bound.keyPath(), rows.now(), false);
        List<CacheKey> old = old(bound, written);
        Content content = written.isEmpty() || rows.now() == null ? null : content(bound, form, rows.now());
        Set<CacheTag> tags = content == null ? Set.of() : texts.tags(bound, rows.now(), false);
        Set<CacheTag> oldTags = content != null && rows.agree(texts.rule(), bound.tagColumns())
                ? tags
                : texts.tags(bound, rows.old(), true);
        for (CacheKey key : written) {
            if (content == null) {
                remove(key, oldTags);
            } else {
                write(put, key, content, Tagging.of(tags, old.contains(key) ? oldTags : Set.of()));
            }
        }
        for (CacheKey key : old) {
            if (!written.contains(key)) {
                remove(key, oldTags);
            }
        }
    }

    private List<CacheKey> old(BoundPut bound, List<CacheKey> written) {
        if (rows.old() == null) {
            return List.of();
        }
        return rows.agree(texts.rule(), bound.keyColumns())
                ? written
                : texts.keys(bound.put().key(), bound.keyPath(), rows.old(), true);
    }

    private void write(RowPut put, CacheKey key, Content content, Tagging tagging) {
        Change change = texts.change();
        Expiry expiry = switch (put.lifetime()) {
            case Lifetime.Unlimited unlimited -> new Expiry.Never();
            case Lifetime.Lasting lasting -> Spread.of(lasting.ttl(), key);
            case Lifetime.Until until -> content.until() == null ? new Expiry.Never() : new Expiry.At(content.until());
        };
        texts.effects()
                .write(new Operation.Put(
                        texts.rule().rule().name(),
                        change.version(),
                        change.committedAt(),
                        key,
                        rows.nowId(),
                        content.entry(),
                        expiry,
                        tagging));
    }

    private void remove(CacheKey key, Set<CacheTag> leave) {
        Change change = texts.change();
        texts.effects()
                .remove(new Operation.Remove(
                        texts.rule().rule().name(), change.version(), change.committedAt(), key, rows.oldId(), leave));
    }

    /** Null where it cannot be made; the entry then goes rather than stay stale. */
    private @Nullable Content content(BoundPut bound, RowPut.Whole form, Scope scope) {
        Entry entry = entry(form, bound.valuePath(), scope);
        if (entry == null) {
            return null;
        }
        return switch (bound.put().lifetime()) {
            case Lifetime.Unlimited unlimited -> new Content(entry, null);
            case Lifetime.Lasting lasting -> new Content(entry, null);
            case Lifetime.Until until -> until(entry, until, bound.expiryPath(), scope);
        };
    }

    private @Nullable Content until(Entry entry, Lifetime.Until until, String path, Scope scope) {
        try {
            return new Content(entry, moment(until.moment().evaluate(scope)));
        } catch (EvaluationException | NoSuchColumnException e) {
            texts.fail(path, e);
            return null;
        }
    }

    private @Nullable Instant moment(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case Instant instant -> instant;
            case LocalDateTime timestamp -> timestamp.toInstant(ZoneOffset.UTC);
            case LocalDate date -> date.atStartOfDay(ZoneOffset.UTC).toInstant();
            case String text when text.equals("infinity") -> null;
            case Unknown unknown -> throw texts.notSent("of expire_at");
            default -> throw new EvaluationException("expire_at is a timestamp or a date");
        };
    }

    private @Nullable Entry entry(RowPut.Whole form, String path, Scope scope) {
        try {
            return switch (form) {
                case RowPut.AsString(Template value) -> text(value, scope);
                case RowPut.AsJson(ValueShape value) -> new Entry.Json(value.toJson(scope));
                case RowPut.AsHash(ValueShape value) -> new Entry.Hash(value.toHash(scope));
            };
        } catch (EvaluationException | NoSuchColumnException e) {
            texts.fail(path, e);
            return null;
        }
    }

    /** NULL in a string's value: there is no such entry. */
    private @Nullable Entry text(Template value, Scope scope) {
        return switch (value.renderValue(scope)) {
            case Names.Known(List<String> all) when all.size() == 1 -> new Entry.Text(all.getFirst());
            case Names.Known(List<String> all) when all.isEmpty() -> null;
            case Names.Known(List<String> all) ->
                throw new EvaluationException("a string holds one text, and a list gave " + all.size());
            case Names.NotKnown(String column) -> throw texts.notSent(column);
        };
    }
}
