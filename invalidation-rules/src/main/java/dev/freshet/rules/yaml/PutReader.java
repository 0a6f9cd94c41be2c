package dev.freshet.rules.yaml;

import dev.freshet.rules.Lifetime;
import dev.freshet.rules.Put;
import dev.freshet.rules.RowPut;
import dev.freshet.rules.expression.Expression;
import dev.freshet.rules.expression.Template;
import dev.freshet.rules.expression.Use;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads one item of {@code put}. */
final class PutReader {
    private enum As {
        STRING,
        JSON,
        HASH,
        SET,
        SORTED_SET
    }

    private static final Kind<As> AS = Kind.words(
            Map.of("string", As.STRING, "json", As.JSON, "hash", As.HASH, "set", As.SET, "sorted_set", As.SORTED_SET),
            Set.of());

    private static final String ONLY_PARTS = "only goes with as: set, sorted_set or hash";

    private final KeyReader keys;
    private final QueryReader queries;
    private final boolean isForEach;
    private final RuleTexts texts;
    private final LifetimeReader lifetimes;
    private final Problems problems;

    /** {@code isForEach}: whether the rule has rows that a query found. */
    PutReader(
            KeyReader keys,
            RuleTexts texts,
            QueryReader queries,
            boolean isForEach,
            Optional<Ttl> defaultTtl,
            Problems problems) {
        this.keys = keys;
        this.queries = queries;
        this.isForEach = isForEach;
        this.texts = texts;
        this.lifetimes = new LifetimeReader(texts, defaultTtl);
        this.problems = problems;
    }

    /** Empty where it cannot be used, which is reported. */
    Optional<Put> read(Section put) {
        if (put.has("query")) {
            return new QueryPutReader(keys, texts, queries, lifetimes, problems)
                    .read(put)
                    .map(queried -> queried);
        }
        if (isForEach) {
            put.report(
                    Code.CONFLICTING_KEYS,
                    "under for_each a put needs a query: the row that changed does not say what the entry holds");
        }
        return row(put).map(read -> read);
    }

    private Optional<RowPut> row(Section put) {
        Optional<Node> key = put.requiredNode("key");
        Optional<As> as = put.required("as", AS);
        put.redundant("only goes with query", "rows");
        boolean merge = as.isPresent()
                && as.get() == As.HASH
                && put.optional("merge", Kind.FLAG).orElse(put.has("merge"));
        Optional<RowPut.Form> form = as.isPresent() ? form(as.get(), merge, put) : unread(put);
        boolean shared = as.isPresent() && isShared(as.get(), merge, put);
        Lifetime lifetime = shared ? lifetimes.ofShared(put) : lifetimes.of(put);
        List<Template> tags = tags(put, shared);
        boolean matchable = !tags.isEmpty() && tags.stream().allMatch(Template::beginsWithText);
        Optional<Template> name = key.flatMap(node -> shared
                ? keys.shared(node, form.filter(RowPut.Shared.class::isInstance).map(RowPut.Shared.class::cast))
                : keys.whole(node, matchable));
        put.finish();
        return name.flatMap(named -> form.map(content -> new RowPut(named, content, lifetime, List.copyOf(tags))));
    }

    private static boolean isShared(As as, boolean merge, Section put) {
        return switch (as) {
            case SET, SORTED_SET -> true;
            case HASH -> merge || put.has("member");
            case STRING, JSON -> false;
        };
    }

    /** Where {@code as} is wrong, nothing can be said of what goes with it. */
    private static Optional<RowPut.Form> unread(Section put) {
        List.of("value", "except", "merge", "member", "score").forEach(put::node);
        if (!put.has("member")) {
            put.requiredNode("value");
        }
        return Optional.empty();
    }

    private Optional<RowPut.Form> form(As as, boolean merge, Section put) {
        return switch (as) {
            case STRING, JSON -> {
                put.redundant("only goes with as: hash", "merge");
                put.redundant(ONLY_PARTS, "member");
                put.redundant("only goes with as: sorted_set", "score");
                yield whole(as, put);
            }
            case HASH -> hash(merge, put);
            case SET -> {
                put.redundant("a set holds its member alone", "value", "except", "merge");
                put.redundant("only goes with as: sorted_set", "score");
                yield member(put).map(RowPut.AsSetMember::new);
            }
            case SORTED_SET -> {
                put.redundant("a sorted set holds its member and a score", "value", "except", "merge");
                Optional<Expression> score =
                        put.requiredNode("score").flatMap(node -> texts.expression(node, Use.SCORE));
                yield member(put).flatMap(name -> score.map(number -> new RowPut.AsSortedSetMember(name, number)));
            }
        };
    }

    private Optional<RowPut.Form> hash(boolean merge, Section put) {
        put.redundant("only goes with as: sorted_set", "score");
        if (merge) {
            put.redundant("either merge (the fields that value names) or member (one field)", "member");
            return merged(put);
        }
        return put.has("member") ? field(put) : whole(As.HASH, put);
    }

    private Optional<RowPut.Form> merged(Section put) {
        Optional<Node> except = put.node("except");
        except.ifPresent(node -> values().exceptWithoutAll(node));
        return put.requiredNode("value").flatMap(value -> values().named(value)).map(RowPut.AsMergedHash::new);
    }

    private Optional<RowPut.Form> field(Section put) {
        put.redundant("one field has one value", "except");
        Optional<Template> member = member(put);
        return put.requiredNode("value")
                .flatMap(value -> values().one(value))
                .flatMap(value -> member.map(name -> new RowPut.AsHashField(name, value)));
    }

    private Optional<RowPut.Form> whole(As as, Section put) {
        Optional<Node> value = put.requiredNode("value");
        Optional<Node> except = put.node("except");
        return value.flatMap(node -> switch (as) {
            case STRING -> {
                except.ifPresent(values()::exceptWithoutAll);
                yield values().text(node).map(RowPut.AsString::new);
            }
            case JSON -> values().whole(node, except).map(RowPut.AsJson::new);
            case HASH, SET, SORTED_SET -> values().whole(node, except).map(RowPut.AsHash::new);
        });
    }

    private ValueReader values() {
        return new ValueReader(texts, problems);
    }

    private Optional<Template> member(Section put) {
        return put.requiredNode("member").flatMap(texts::name).map(RuleTexts.Compilation::value);
    }

    private List<Template> tags(Section put, boolean shared) {
        if (shared) {
            put.redundant("rows share this entry, and an invalidation by tag would remove what the others own", "tags");
            return List.of();
        }
        List<Template> tags = new ArrayList<>();
        put.items("tags")
                .forEach(node ->
                        texts.name(node).map(RuleTexts.Compilation::value).ifPresent(tags::add));
        return tags;
    }
}
