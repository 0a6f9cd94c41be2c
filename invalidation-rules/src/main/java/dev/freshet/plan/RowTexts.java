package dev.freshet.plan;

import dev.freshet.change.Change;
import dev.freshet.change.NoSuchColumnException;
import dev.freshet.change.Unknown;
import dev.freshet.rules.expression.EvaluationException;
import dev.freshet.rules.expression.Names;
import dev.freshet.rules.expression.Query;
import dev.freshet.rules.expression.Scope;
import dev.freshet.rules.expression.Template;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes names and texts by one rule of one change's rows; what cannot be made is a failure of that change. */
record RowTexts(Change change, TableRule rule, OldKeys oldKeys, Effects effects) {
    void fail(String path, RuntimeException reason) {
        effects.fail(new Failure(rule.rule().name(), path, String.valueOf(reason.getMessage())));
    }

    /** None where they cannot be told. */
    List<String> names(Template template, String path, Scope scope, boolean isOld) {
        return names(template::render, path, scope, isOld);
    }

    private List<String> names(Function<Scope, Names> rendering, String path, Scope scope, boolean isOld) {
        try {
            return switch (rendering.apply(scope)) {
                case Names.Known(List<String> all) -> all;
                case Names.NotKnown(String column) -> {
                    if (isOld && oldKeys == OldKeys.MAY_BE_UNKNOWN) {
                        yield List.of();
                    }
                    throw notSent(column);
                }
            };
        } catch (EvaluationException | NoSuchColumnException e) {
            fail(path, e);
            return List.of();
        }
    }

    /** The names of the old row and those of the new one, each once. */
    Set<String> oldAndNew(Template template, String path, Rows rows) {
        return oldAndNew(template::render, path, rows);
    }

    /** The same with values percent-encoded. */
    Set<String> oldAndNewUrls(Template template, String path, Rows rows) {
        return oldAndNew(template::renderUrl, path, rows);
    }

    private Set<String> oldAndNew(Function<Scope, Names> rendering, String path, Rows rows) {
        Set<String> names = new LinkedHashSet<>();
        if (rows.old() != null) {
            names.addAll(names(rendering, path, rows.old(), true));
        }
        if (rows.now() != null) {
            names.addAll(names(rendering, path, rows.now(), false));
        }
        return names;
    }

    List<CacheKey> keys(Template template, String path, Scope scope, boolean isOld) {
        List<String> names = names(template, path, scope, isOld);
        return names.size() == 1
                ? List.of(new CacheKey(names.getFirst()))
                : names.stream().map(CacheKey::new).toList();
    }

    /** The tags of a put together. */
    Set<CacheTag> tags(BoundPut bound, @Nullable Scope scope, boolean isOld) {
        List<Template> templates = bound.put().tags();
        if (templates.isEmpty() || scope == null) {
            return Set.of();
        }
        if (templates.size() == 1) {
            List<String> names = names(templates.getFirst(), bound.tagPaths().getFirst(), scope, isOld);
            if (names.size() == 1) {
                return Set.of(new CacheTag(names.getFirst()));
            }
        }
        Set<CacheTag> tags = new LinkedHashSet<>();
        for (int i = 0; i < templates.size(); i++) {
            names(templates.get(i), bound.tagPaths().get(i), scope, isOld)
                    .forEach(name -> tags.add(new CacheTag(name)));
        }
        return tags;
    }

    /** Empty where a parameter cannot be told, which is a failure of the change. */
    Optional<Question> question(Query query, String path, Scope scope, boolean isOld) {
        try {
            List<@Nullable Object> values = query.values(scope);
            int unknown = values.indexOf(Unknown.VALUE);
            if (unknown < 0) {
                return Optional.of(new Question(query, values, rule.rule().limit()));
            }
            if (!isOld || oldKeys == OldKeys.REQUIRED) {
                fail(path, notSent(query.parameters().get(unknown).source().strip()));
            }
        } catch (EvaluationException | NoSuchColumnException e) {
            fail(path, e);
        }
        return Optional.empty();
    }

    /** The same, its effects elsewhere. */
    RowTexts into(Effects others) {
        return new RowTexts(change, rule, oldKeys, others);
    }

    EvaluationException notSent(String column) {
        return new EvaluationException(
                "column '" + column + "' was not sent: give table " + rule.table() + " REPLICA IDENTITY FULL");
    }
}
