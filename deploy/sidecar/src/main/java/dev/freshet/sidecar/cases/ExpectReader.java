package dev.freshet.sidecar.cases;

import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.freshet.rules.yaml.Answer;
import dev.freshet.rules.yaml.Code;
import dev.freshet.rules.yaml.Kind;
import dev.freshet.rules.yaml.Node;
import dev.freshet.rules.yaml.Section;
import dev.freshet.sidecar.cases.Expectation.Wanted;
import dev.freshet.sidecar.given.WrittenJson;
import dev.freshet.sidecar.outcome.Lengths;
import dev.freshet.sidecar.outcome.Word;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads {@code expect}: {@code nothing}, or what shall be done, a list for each word. */
final class ExpectReader {
    private static final Kind<Boolean> NOTHING = text -> text.equals("nothing")
            ? Answer.is(true)
            : Answer.isNot("nothing, or a map of what is written, removed, ...");
    private static final Kind<Boolean> ANYTHING = Kind.words(Map.of("anything", true), Set.of());
    private static final Kind<String> TTL = text -> text.equals("none")
            ? Answer.is("none")
            : Kind.DURATION.map(Lengths::text).read(text);
    private static final Kind<String> MOMENT = text -> {
        try {
            return Answer.is(Instant.parse(text).toString());
        } catch (DateTimeParseException e) {
            return Answer.isNot("a moment such as 2026-12-31T00:00:00Z");
        }
    };
    private static final Kind<BigDecimal> NUMBER = text -> {
        try {
            return Answer.is(new BigDecimal(text));
        } catch (NumberFormatException e) {
            return Answer.isNot("a number");
        }
    };
    private static final Kind<String> FORM =
            Kind.words(Map.of("json", "json", "string", "string", "hash", "hash"), Set.of());

    /** Empty where something is wrong, which is reported. */
    Optional<Case.Expected> read(Section of) {
        Optional<Node> node = of.requiredNode("expect");
        if (node.isEmpty()) {
            return Optional.empty();
        }
        if (node.get() instanceof Node.Mapping) {
            return of.section("expect").map(this::expected);
        }
        return of.scalar(node.get(), NOTHING).map(nothing -> new Case.Expected(List.of(), false));
    }

    private Case.Expected expected(Section expect) {
        List<Expectation> all = new ArrayList<>();
        for (Word word : Word.values()) {
            for (Node item : expect.items(word.text())) {
                new Item(word).read(expect, item).ifPresent(all::add);
            }
        }
        boolean others = expect.optional("also", ANYTHING).isPresent();
        expect.finish();
        if (all.isEmpty() && !others && expect.ifSound(() -> true).isPresent()) {
            expect.report(Code.NOTHING_TO_DO, "nothing is expected here; if that is meant, write expect: nothing");
        }
        return new Case.Expected(all, others);
    }

    /** One item of one word's list. */
    private static final class Item {
        private final Word word;
        private final Map<String, String> names = new LinkedHashMap<>();
        private final Map<String, Wanted> wanted = new LinkedHashMap<>();

        Item(Word word) {
            this.word = word;
        }

        Optional<Expectation> read(Section list, Node item) {
            if (item instanceof Node.Scalar && isNamedByKey()) {
                list.scalar(item, Kind.TEXT).ifPresent(key -> names.put("key", key));
            } else {
                list.section(item).ifPresent(this::read);
            }
            return names.isEmpty() && wanted.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Expectation(word, names, wanted));
        }

        /** Then its key alone may stand for it. */
        private boolean isNamedByKey() {
            return switch (word) {
                case WRITTEN, REMOVED, REFRESHED, INVALIDATED, SWEPT -> true;
                case ASKED, PURGED, PUBLISHED, FAILED -> false;
            };
        }

        private void read(Section item) {
            name(item, "rule");
            switch (word) {
                case REFRESHED -> {
                    item.required("key", Kind.TEXT).ifPresent(key -> names.put("key", key));
                    length(item, "ttl", TTL);
                    texts(item, "tags");
                }
                case ASKED -> {}
                case WRITTEN -> {
                    item.required("key", Kind.TEXT).ifPresent(key -> names.put("key", key));
                    name(item, "member");
                    name(item, "field");
                    item.optional("as", FORM).ifPresent(form -> want("as", new Wanted.Exactly(TextNode.valueOf(form))));
                    content(item);
                    item.map("fields").ifPresent(map -> want("fields", new Wanted.Exactly(WrittenJson.texts(map))));
                    texts(item, "without");
                    item.optional("score", NUMBER)
                            .ifPresent(score -> want("score", new Wanted.Exactly(DecimalNode.valueOf(score))));
                    length(item, "ttl", TTL);
                    length(item, "expire_at", MOMENT);
                    texts(item, "tags");
                    texts(item, "leaves");
                }
                case REMOVED -> {
                    item.required("key", Kind.TEXT).ifPresent(key -> names.put("key", key));
                    name(item, "member");
                    name(item, "field");
                    texts(item, "fields");
                    texts(item, "leaves");
                }
                case INVALIDATED -> {
                    oneOf(item, "key", "tag", "prefix");
                    texts(item, "leaves");
                }
                case SWEPT -> {
                    oneOf(item, "key", "tag");
                    name(item, "member");
                    name(item, "field");
                    texts(item, "fields");
                    name(item, "tagged");
                }
                case PURGED -> {
                    oneOf(item, "tag", "url", "prefix", "host", "all");
                    name(item, "edge");
                    item.optional("soft", Kind.FLAG).ifPresent(this::soft);
                    length(item, "again_after", Kind.DURATION.map(Lengths::text));
                }
                case PUBLISHED -> {
                    oneOf(item, "stream", "channel", "topic");
                    content(item);
                }
                case FAILED -> {
                    name(item, "at");
                    item.optional("reason", Kind.TEXT).ifPresent(text -> want("reason", new Wanted.Mention(text)));
                }
            }
            item.finish();
        }

        private void name(Section item, String fact) {
            item.optional(fact, Kind.TEXT).ifPresent(name -> names.put(fact, name));
        }

        private void oneOf(Section item, String... facts) {
            item.oneOf(facts).ifPresent(fact -> name(item, fact));
        }

        private void want(String fact, Wanted want) {
            wanted.put(fact, want);
        }

        private void texts(Section item, String fact) {
            if (item.node(fact).isPresent()) {
                List<String> texts = new ArrayList<>();
                item.items(fact)
                        .forEach(each -> item.scalar(each, Kind.ANY_TEXT).ifPresent(texts::add));
                want(fact, new Wanted.Texts(texts));
            }
        }

        private void length(Section item, String fact, Kind<String> kind) {
            item.optional(fact, kind).ifPresent(text -> want(fact, new Wanted.Exactly(TextNode.valueOf(text))));
        }

        /** A purge that is not soft says nothing of it. */
        private void soft(boolean soft) {
            want("soft", new Wanted.Exactly(BooleanNode.valueOf(soft)));
        }

        private void content(Section item) {
            item.node("value")
                    .filter(node -> !(node instanceof Node.Broken))
                    .ifPresent(node ->
                            want("value", new Wanted.Content(WrittenJson.typed(node), WrittenJson.texts(node))));
        }
    }
}
