package dev.freshet.plan;

import dev.freshet.change.Change;
import dev.freshet.change.NoSuchColumnException;
import dev.freshet.change.Row;
import dev.freshet.change.RowId;
import dev.freshet.change.Unknown;
import dev.freshet.rules.RowPut;
import dev.freshet.rules.Rule;
import dev.freshet.rules.catalog.Catalog;
import dev.freshet.rules.expression.EvaluationException;
import dev.freshet.rules.expression.Expression;
import dev.freshet.rules.expression.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The plan of one change while it is being made, rule by rule. */
final class ChangePlan {
    private final Change change;
    private final OldKeys oldKeys;
    private final List<Effects> effects = new ArrayList<>(1);

    ChangePlan(Change change, OldKeys oldKeys) {
        this.change = change;
        this.oldKeys = oldKeys;
    }

    Plan finish() {
        return Effects.together(effects);
    }

    void add(TableRule rule, Catalog catalog) {
        Effects made = new Effects();
        RowTexts texts = new RowTexts(change, rule, oldKeys, made);
        switch (change) {
            case Change.Insert insert -> apply(texts, catalog, null, insert.after(), insert.row(), insert.row());
            case Change.Update update ->
                apply(texts, catalog, update.before(), update.after(), update.rowBefore(), update.row());
            case Change.Delete delete -> apply(texts, catalog, delete.before(), null, delete.row(), delete.row());
            case Change.Snapshot snapshot ->
                apply(texts, catalog, null, snapshot.after(), snapshot.row(), snapshot.row());
            case Change.Truncate truncate -> new TruncatePlan(texts, catalog).plan();
            case Change.Altered altered -> forgetFills(rule.rule(), Sweeps.after(change, rule.rule(), catalog), made);
        }
        effects.add(made.within(rule.rule()));
    }

    private void apply(
            RowTexts texts, Catalog catalog, @Nullable Row before, @Nullable Row after, RowId oldId, RowId nowId) {
        Rule rule = texts.rule().rule();
        Scope old = image(texts, before, true);
        Rows rows =
                new Rows(old, old != null && isCertain(texts.rule(), old), image(texts, after, false), oldId, nowId);
        List<BoundPut> puts = texts.rule().rowPuts();
        for (int i = 0; i < puts.size(); i++) {
            put(texts, rows, puts.get(i));
        }
        if (texts.rule().doesMore() && (rows.old() != null || rows.now() != null)) {
            Scope event = texts.rule().scope(change, before, after);
            tell(texts, event, before, after)
                    .ifPresent(tell -> act(rule, catalog, new Actions(texts, rows, event, tell)));
        }
    }

    /** Which of the entries that an application filled are still right nobody knows; what rules put is put again. */
    private static void forgetFills(Rule rule, Sweeps sweeps, Effects made) {
        rule.invalidations().stream().map(sweeps::of).distinct().forEach(made::write);
    }

    private static void act(Rule rule, Catalog catalog, Actions actions) {
        if (rule.forEach().isPresent()) {
            Sweeps sweeps = Sweeps.after(actions.texts().change(), rule, catalog);
            FanOut.of(actions.texts(), actions, sweeps, rule.forEach().get())
                    .ifPresent(actions.texts().effects()::ask);
        } else {
            actions.plan();
        }
    }

    /** Empty where the change does not count. */
    private Optional<Actions.Tell> tell(RowTexts texts, Scope event, @Nullable Row before, @Nullable Row after) {
        if (change instanceof Change.Snapshot) {
            return texts.rule().isFirst() ? Optional.of(Actions.Tell.QUERY_PUTS_ALONE) : Optional.empty();
        }
        return changesAColumn(texts, before, after) ? when(texts, event) : Optional.empty();
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

    /** What depends on a value that was not sent may be true; where it cannot be told at all, the dead letter says so. */
    private static Optional<Actions.Tell> when(RowTexts texts, Scope event) {
        Optional<Expression> when = texts.rule().rule().when();
        if (when.isEmpty()) {
            return Optional.of(Actions.Tell.EVERYBODY);
        }
        try {
            Object value = when.get().evaluate(event);
            return Boolean.TRUE.equals(value) || value == Unknown.VALUE
                    ? Optional.of(Actions.Tell.EVERYBODY)
                    : Optional.empty();
        } catch (EvaluationException | NoSuchColumnException e) {
            texts.fail("when", e);
            return Optional.of(Actions.Tell.NO_LISTENERS);
        }
    }

    private static void put(RowTexts texts, Rows rows, BoundPut put) {
        switch (put.put().form()) {
            case RowPut.Whole whole -> new WholePuts(texts, rows).plan(put, whole);
            case RowPut.Shared shared -> new SharedPuts(texts, rows).plan(put, shared);
        }
    }
}
