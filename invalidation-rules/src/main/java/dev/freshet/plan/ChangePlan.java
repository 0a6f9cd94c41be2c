package dev.freshet.plan;

import dev.freshet.change.Change;
import dev.freshet.change.NoSuchColumnException;
import dev.freshet.change.Row;
import dev.freshet.change.RowId;
import dev.freshet.rules.KeyInvalidation;
import dev.freshet.rules.RowPut;
import dev.freshet.rules.expression.EvaluationException;
import dev.freshet.rules.expression.Names;
import dev.freshet.rules.expression.ReadColumns;
import dev.freshet.rules.expression.Scope;
import dev.freshet.rules.expression.Template;
import dev.freshet.rules.expression.ValueShape;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The plan of one change while it is being made, rule by rule. */
final class ChangePlan {
    private final Change change;
    private final OldKeys oldKeys;
    private final List<Operation> writes = new ArrayList<>(2);
    private final List<Operation.Remove> removals = new ArrayList<>(1);
    private final List<Failure> failures = new ArrayList<>(0);

    ChangePlan(Change change, OldKeys oldKeys) {
        this.change = change;
        this.oldKeys = oldKeys;
    }

    void sweep(Operation sweep) {
        writes.add(sweep);
    }

    /** Within one change an entry that is both removed and written is written. */
    Plan finish() {
        if (!removals.isEmpty()) {
            Set<CacheKey> written = new HashSet<>();
            for (Operation write : writes) {
                if (write instanceof Operation.Put put) {
                    written.add(put.key());
                }
            }
            for (Operation.Remove removal : removals) {
                if (!written.contains(removal.key())) {
                    writes.add(removal);
                }
            }
        }
        return new Plan(writes, failures);
    }

    void add(TableRule rule) {
        switch (change) {
            case Change.Insert insert -> apply(rule, null, insert.after(), Owners.always(insert.row()));
            case Change.Update update ->
                apply(rule, update.before(), update.after(), new Owners(update.rowBefore(), update.row()));
            case Change.Delete delete -> apply(rule, delete.before(), null, Owners.always(delete.row()));
            case Change.Snapshot snapshot -> apply(rule, null, snapshot.after(), Owners.always(snapshot.row()));
            case Change.Truncate truncate ->
                throw new IllegalArgumentException("a truncate has no rows: " + truncate.table());
        }
    }

    /** What the row was known by, and is: whatever it wrote before this change, it wrote under the first. */
    private record Owners(RowId old, RowId now) {
        static Owners always(RowId row) {
            return new Owners(row, row);
        }

        boolean isSame() {
            return old.equals(now);
        }
    }

    private void apply(TableRule rule, @Nullable Row before, @Nullable Row after, Owners owners) {
        Images images = images(rule, before, after);
        for (int i = 0; i < rule.rule().puts().size(); i++) {
            put(rule, rule.rule().puts().get(i), "put[" + i + "]", images, owners);
        }
        if (!(change instanceof Change.Snapshot) && countsForInvalidation(rule, before, after)) {
            for (int i = 0; i < rule.rule().invalidations().size(); i++) {
                invalidate(rule, rule.rule().invalidations().get(i), "invalidate[" + i + "].key", images);
            }
        }
    }

    /**
     * The rows that count: those that {@code where} lets in. An old row of which {@code where} cannot be told counts, but it
     * may have had no entry, so the new one is then written whatever changed.
     */
    private record Images(
            @Nullable Scope old,
            boolean oldIsCertain,
            @Nullable Scope now) {}

    private Images images(TableRule rule, @Nullable Row before, @Nullable Row after) {
        Scope old = image(rule, before, true);
        return new Images(old, old != null && isCertain(rule, old), image(rule, after, false));
    }

    /** A row whose {@code where} cannot be evaluated is let out: its entries go, and the dead letter tells of it. */
    private @Nullable Scope image(TableRule rule, @Nullable Row row, boolean isOld) {
        if (row == null) {
            return null;
        }
        Scope scope = rule.scope(row);
        try {
            return rule.belongs(scope, isOld) ? scope : null;
        } catch (EvaluationException | NoSuchColumnException e) {
            if (!isOld) {
                fail(rule, "where", e);
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

    private void fail(TableRule rule, String path, RuntimeException reason) {
        failures.add(new Failure(rule.rule().name(), path, String.valueOf(reason.getMessage())));
    }

    private boolean countsForInvalidation(TableRule rule, @Nullable Row before, @Nullable Row after) {
        if (before == null || after == null || rule.rule().columns().isEmpty()) {
            return true;
        }
        try {
            return rule.differs(rule.rule().columns(), before, after);
        } catch (EvaluationException | NoSuchColumnException e) {
            fail(rule, "columns", e);
            return true;
        }
    }

    private void put(TableRule rule, RowPut put, String path, Images images, Owners owners) {
        List<CacheKey> written = List.of();
        if (images.now() != null) {
            if (images.old() != null
                    && images.oldIsCertain()
                    && owners.isSame()
                    && !reads(rule, put, images.old().row(), images.now().row())) {
                return;
            }
            written = keys(rule, put.key(), path + ".key", images.now(), false);
            Entry entry = written.isEmpty() ? null : entry(rule, put, path + ".value", images.now());
            for (CacheKey key : written) {
                if (entry == null) {
                    remove(rule, key, owners.old());
                } else {
                    writes.add(new Operation.Put(
                            rule.rule().name(),
                            change.version(),
                            change.committedAt(),
                            key,
                            owners.now(),
                            entry,
                            Spread.of(put.ttl(), key)));
                }
            }
        }
        if (images.old() != null) {
            for (CacheKey key : keys(rule, put.key(), path + ".key", images.old(), true)) {
                if (!written.contains(key)) {
                    remove(rule, key, owners.old());
                }
            }
        }
    }

    /** Whether an update changes anything that the put reads, or may have. */
    private static boolean reads(TableRule rule, RowPut put, Row before, Row after) {
        try {
            return rule.differs(put.key().columns(), before, after) || rule.differs(valueColumns(put), before, after);
        } catch (EvaluationException | NoSuchColumnException e) {
            return true;
        }
    }

    private static ReadColumns valueColumns(RowPut put) {
        return switch (put.form()) {
            case RowPut.Form.AsString string ->
                new ReadColumns.Only(string.value().columns());
            case RowPut.Form.AsJson json -> json.value().columns();
            case RowPut.Form.AsHash hash -> hash.value().columns();
        };
    }

    private void remove(TableRule rule, CacheKey key, RowId owner) {
        removals.add(new Operation.Remove(rule.rule().name(), change.version(), change.committedAt(), key, owner));
    }

    /** Null where it cannot be made; the entry then goes rather than stay stale. */
    private @Nullable Entry entry(TableRule rule, RowPut put, String path, Scope scope) {
        try {
            return switch (put.form()) {
                case RowPut.Form.AsString(Template value) -> text(rule, value, scope);
                case RowPut.Form.AsJson(ValueShape value) -> new Entry.Json(value.toJson(scope));
                case RowPut.Form.AsHash(ValueShape value) -> new Entry.Hash(value.toHash(scope));
            };
        } catch (EvaluationException | NoSuchColumnException e) {
            fail(rule, path, e);
            return null;
        }
    }

    /** NULL in a string's value: there is no such entry. */
    private @Nullable Entry text(TableRule rule, Template value, Scope scope) {
        return switch (value.renderValue(scope)) {
            case Names.Known(List<String> all) when all.size() == 1 -> new Entry.Text(all.getFirst());
            case Names.Known(List<String> all) when all.isEmpty() -> null;
            case Names.Known(List<String> all) ->
                throw new EvaluationException("a string holds one text, and a list gave " + all.size());
            case Names.NotKnown(String column) -> throw notSent(rule, column);
        };
    }

    private static EvaluationException notSent(TableRule rule, String column) {
        return new EvaluationException(
                "column '" + column + "' was not sent: give table " + rule.table() + " REPLICA IDENTITY FULL");
    }

    private void invalidate(TableRule rule, KeyInvalidation invalidation, String path, Images images) {
        Set<CacheKey> keys = new LinkedHashSet<>();
        if (images.old() != null) {
            keys.addAll(keys(rule, invalidation.key(), path, images.old(), true));
        }
        if (images.now() != null) {
            keys.addAll(keys(rule, invalidation.key(), path, images.now(), false));
        }
        for (CacheKey key : keys) {
            writes.add(new Operation.Invalidate(rule.rule().name(), change.version(), change.committedAt(), key));
        }
    }

    private List<CacheKey> keys(TableRule rule, Template template, String path, Scope scope, boolean isOld) {
        try {
            return switch (template.render(scope)) {
                case Names.Known(List<String> all) when all.size() == 1 -> List.of(new CacheKey(all.getFirst()));
                case Names.Known(List<String> all) ->
                    all.stream().map(CacheKey::new).toList();
                case Names.NotKnown(String column) -> {
                    if (isOld && oldKeys == OldKeys.MAY_BE_UNKNOWN) {
                        yield List.of();
                    }
                    throw notSent(rule, column);
                }
            };
        } catch (EvaluationException | NoSuchColumnException e) {
            fail(rule, path, e);
            return List.of();
        }
    }
}
