package dev.freshet.rules.yaml;

import dev.freshet.rules.Lifetime;
import dev.freshet.rules.QueryPut;
import dev.freshet.rules.expression.Expressions;
import dev.freshet.rules.expression.Query;
import dev.freshet.rules.expression.Template;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads one item of {@code put} that says {@code query}. */
record QueryPutReader(
        KeyReader keys, RuleTexts texts, QueryReader queries, LifetimeReader lifetimes, Problems problems) {
    private static final Kind<QueryPut.Form> AS = Kind.words(
            Map.of(
                    "string",
                    QueryPut.Form.STRING,
                    "json",
                    QueryPut.Form.OBJECT,
                    "hash",
                    QueryPut.Form.HASH,
                    "set",
                    QueryPut.Form.SET,
                    "sorted_set",
                    QueryPut.Form.SORTED_SET),
            Set.of());

    private static final Kind<Boolean> MANY = Kind.words(Map.of("many", true, "one", false), Set.of());

    /** Empty where it cannot be used, which is reported. */
    Optional<QueryPut> read(Section put) {
        Optional<Node> keyNode = put.requiredNode("key");
        Optional<QueryPut.Form> form = form(put);
        Optional<RuleTexts.Compilation<Query>> query = put.node("query").flatMap(node -> queries.read(node, texts));
        put.redundant("the query says what the entry holds", "value", "except");
        put.redundant("a query fills the whole entry", "merge");
        put.redundant("the query has a column of this name", "member", "score");
        Lifetime lifetime = lifetimes.ofQueried(put);
        List<RuleTexts.Compilation<Template>> tags = tags(put);
        boolean matchable =
                !tags.isEmpty() && tags.stream().allMatch(tag -> tag.value().beginsWithText());
        Optional<RuleTexts.Compilation<Template>> key = keyNode.flatMap(node -> keys.queried(node, matchable));
        put.finish();
        if (form.isEmpty() || query.isEmpty() || key.isEmpty()) {
            return Optional.empty();
        }
        return bound(key.get(), query.get(), tags).map(bound -> {
            QueryPut read = new QueryPut(
                    key.get().value(),
                    query.get().value(),
                    form.get(),
                    lifetime,
                    tags.stream().map(tag -> tag(key.get(), tag.value())).toList(),
                    bound);
            keys.keepers().queried(keys.rows(), key.get().scalar(), KeyText.of(read.key()), meaning(read));
            return read;
        });
    }

    private Optional<QueryPut.Form> form(Section put) {
        Optional<QueryPut.Form> as = put.required("as", AS);
        boolean many = put.optional("rows", MANY).orElse(false);
        return as.map(form -> switch (form) {
            case OBJECT -> many ? QueryPut.Form.ARRAY : form;
            case STRING, HASH -> {
                put.redundant("only goes with as: json", "rows");
                yield form;
            }
            case SET, SORTED_SET -> {
                put.redundant("a set has as many members as the query has rows", "rows");
                yield form;
            }
            case ARRAY -> form;
        });
    }

    private List<RuleTexts.Compilation<Template>> tags(Section put) {
        List<RuleTexts.Compilation<Template>> tags = new ArrayList<>();
        put.items("tags").forEach(node -> texts.name(node).ifPresent(tags::add));
        return tags;
    }

    private static QueryPut.Tag tag(RuleTexts.Compilation<Template> key, Template tag) {
        List<String> said = KeyText.of(key.value()).expressions();
        return new QueryPut.Tag(
                tag, KeyText.of(tag).expressions().stream().map(said::indexOf).toList());
    }

    /** Which of the key's expressions each parameter is; empty where one is none of them, which is reported. */
    private Optional<List<Integer>> bound(
            RuleTexts.Compilation<Template> key,
            RuleTexts.Compilation<Query> query,
            List<RuleTexts.Compilation<Template>> tags) {
        List<String> said = KeyText.of(key.value()).expressions();
        long errors = problems.errors();
        for (Query.Piece piece : query.value().pieces()) {
            if (piece instanceof Query.Parameter(int index, int offset)) {
                String source = query.value().parameters().get(index).source();
                check(said, source, query.scalar(), offset, "the query asks for");
            }
        }
        for (RuleTexts.Compilation<Template> tag : tags) {
            for (Template.Hole hole : KeyText.of(tag.value()).holes()) {
                check(said, hole.expression(), tag.scalar(), hole.offset(), "the tag is made of");
            }
        }
        return problems.errors() > errors
                ? Optional.empty()
                : Optional.of(query.value().parameters().stream()
                        .map(each -> said.indexOf(Expressions.withoutSpaces(each.source())))
                        .toList());
    }

    private void check(List<String> said, String expression, Node.Scalar scalar, int offset, String what) {
        if (!said.contains(Expressions.withoutSpaces(expression))) {
            String shown = "{" + expression.strip() + "}";
            problems.add(new Problem(
                    Code.BESIDE_THE_KEY,
                    scalar.placeOf(offset),
                    scalar.spot().path(),
                    what + " " + shown + ", which does not stand in the key: two rows of one key could want two things",
                    Optional.of("put " + shown + " in the key, or ask for what stands there")));
        }
    }

    /** Equal for puts that do the same for the same key, whatever its expressions are called. */
    private static String meaning(QueryPut put) {
        List<String> said = KeyText.of(put.key()).expressions();
        String query =
                put.query().text(parameter -> "{" + said.indexOf(Expressions.withoutSpaces(parameter.source())) + "}");
        List<String> tags = put.tags().stream()
                .map(tag -> KeyText.of(tag)
                        .render(expression -> String.valueOf(said.indexOf(Expressions.withoutSpaces(expression)))))
                .sorted()
                .toList();
        return put.form() + " " + put.lifetime() + " " + tags + " " + query;
    }
}
