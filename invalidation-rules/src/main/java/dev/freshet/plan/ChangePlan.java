package dev.freshet.plan;

import dev.freshet.change.Change;
import dev.freshet.change.NoSuchColumnException;
import dev.freshet.change.Row;
import dev.freshet.change.RowId;
import dev.freshet.change.Unknown;
import dev.freshet.change.Version;
import dev.freshet.rules.Invalidation;
import dev.freshet.rules.Purge;
import dev.freshet.rules.RowPut;
import dev.freshet.rules.RuleName;
import dev.freshet.rules.expression.EvaluationException;
import dev.freshet.rules.expression.Expression;
import dev.freshet.rules.expression.Scope;
import dev.freshet.rules.expression.Template;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The plan of one change while it is being made, rule by rule. */
final class ChangePlan {
    private final Change change;
    private final OldKeys oldKeys;
    private final List<Effects> effects = new ArrayList<>(2);

    ChangePlan(Change change, OldKeys oldKeys) {
        this.change = change;
        this.oldKeys = oldKeys;
    }

    void sweep(List<Operation> sweeps) {
        Effects swept = new Effects();
        sweeps.forEach(swept::write);
        effects.add(swept);
    }

    /** Of a truncated table only what no row has to name can be purged; the rest is for a person to decide. */
    void purgeWithoutRows(TableRule rule) {
        Effects made = new Effects();
        effects.add(made);
        RowTexts texts = new RowTexts(change, rule, oldKeys, made);
        Scope none = new Scope(change.table(), NoRow.INSTANCE);
        RowId id = new RowId(change.table(), "?");
        for (int i = 0; i < rule.rule().purges().size(); i++) {
            Purge purge = rule.rule().purges().get(i);
            if (purge.what().name().filter(Template::isConstant).isPresent()) {
                new Purges(texts, new Rows(null, false, none, id, id)).plan(purge, "purge[" + i + "]");
            } else {
                made.fail(new Failure(
                        rule.rule().name(),
                        "purge[" + i + "]",
                        "the table was truncated, and no row says what to purge; say it with on_truncate"));
            }
        }
    }

    Plan finish() {
        return Effects.together(effects);
    }

    void add(TableRule rule) {
        switch (change) {
            case Change.Insert insert -> apply(rule, null, insert.after(), insert.row(), insert.row());
            case Change.Update update -> apply(rule, update.before(), update.after(), update.rowBefore(), update.row());
            case Change.Delete delete -> apply(rule, delete.before(), null, delete.row(), delete.row());
            case Change.Snapshot snapshot -> apply(rule, null, snapshot.after(), snapshot.row(), snapshot.row());
            case Change.Truncate truncate ->
                throw new IllegalArgumentException("a truncate has no rows: " + truncate.table());
        }
    }

    private void apply(TableRule rule, @Nullable Row before, @Nullable Row after, RowId oldId, RowId nowId) {
        Effects made = new Effects();
        effects.add(made);
        RowTexts texts = new RowTexts(change, rule, oldKeys, made);
        Scope old = image(texts, before, true);
        Rows rows = new Rows(old, old != null && isCertain(rule, old), image(texts, after, false), oldId, nowId);
        for (int i = 0; i < rule.rule().puts().size(); i++) {
            put(texts, rows, rule.rule().puts().get(i), "put[" + i + "]");
        }
        if (!(change instanceof Change.Snapshot)
                && changesAColumn(texts, before, after)
                && isWhen(texts, before, after) != Truth.FALSE) {
            for (int i = 0; i < rule.rule().invalidations().size(); i++) {
                invalidate(texts, rows, rule.rule().invalidations().get(i), "invalidate[" + i + "].");
            }
            for (int i = 0; i < rule.rule().purges().size(); i++) {
                new Purges(texts, rows).plan(rule.rule().purges().get(i), "purge[" + i + "]");
            }
        }
    }

    /** A row whose {@code where} cannot be evaluated is let out: its entries go, and the dead letter tells of it. */
    private static @Nullable Scope image(RowTexts texts, @Nullable Row row, boolean isOld) {
        if (row == null) {
            return null;
        }
        Scope scope = texts.rule().scope(row);
        try {
            return texts.rule().belongs(scope, isOld) ? scope : null;
        } catch (EvaluationException | NoSuchColumnException e) {
            if (!isOld) {
                texts.fail("where", e);
            }
            return isOld ? scope : null;
        }
    }

    private static boolean isCertain(TableRule rule, Scope old) {
        try {
            return rule.certainlyBelongs(old);
        } catch (EvaluationException | NoSuchColumnException e) {
            return false;
        }
    }

    private static boolean changesAColumn(RowTexts texts, @Nullable Row before, @Nullable Row after) {
        Set<String> columns = texts.rule().rule().columns();
        if (before == null || after == null || columns.isEmpty()) {
            return true;
        }
        try {
            return texts.rule().differs(columns, before, after);
        } catch (EvaluationException | NoSuchColumnException e) {
            texts.fail("columns", e);
            return true;
        }
    }

    private enum Truth {
        TRUE,
        FALSE,
        /** It failed, and the dead letter tells of it: what would go stale goes. */
        FAILED
    }

    /** What depends on a value that was not sent may be true. */
    private Truth isWhen(RowTexts texts, @Nullable Row before, @Nullable Row after) {
        Optional<Expression> when = texts.rule().rule().when();
        if (when.isEmpty()) {
            return Truth.TRUE;
        }
        try {
            Object value = when.get().evaluate(texts.rule().scope(change, before, after));
            return Boolean.TRUE.equals(value) || value == Unknown.VALUE ? Truth.TRUE : Truth.FALSE;
        } catch (EvaluationException | NoSuchColumnException e) {
            texts.fail("when", e);
            return Truth.FAILED;
        }
    }

    private static void put(RowTexts texts, Rows rows, RowPut put, String path) {
        switch (put.form()) {
            case RowPut.Whole whole -> new WholePuts(texts, rows).plan(put, whole, path);
            case RowPut.Shared shared -> new SharedPuts(texts, rows).plan(put, shared, path);
        }
    }

    private static void invalidate(RowTexts texts, Rows rows, Invalidation invalidation, String path) {
        for (String name : texts.oldAndNew(invalidation.name(), path + invalidation.by(), rows)) {
            texts.effects().write(operation(texts, invalidation, name));
        }
    }

    private static Operation operation(RowTexts texts, Invalidation invalidation, String name) {
        RuleName rule = texts.rule().rule().name();
        Version version = texts.change().version();
        Instant at = texts.change().committedAt();
        return switch (invalidation) {
            case Invalidation.ByKey key -> new Operation.Invalidate(rule, version, at, new CacheKey(name));
            case Invalidation.ByTag tag -> new Operation.InvalidateTag(rule, version, at, new CacheTag(name));
            case Invalidation.ByPrefix prefix -> new Operation.InvalidatePrefix(rule, version, at, new KeyPrefix(name));
        };
    }
}
