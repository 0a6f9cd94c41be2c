package dev.freshet.rules.yaml;

import dev.freshet.rules.Publication;
import dev.freshet.rules.expression.Template;
import dev.freshet.rules.expression.ValueShape;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Reads one item of {@code publish}.
 *
 * @param texts those that see the event
 */
record PublicationReader(NamingRows rows, Keepers keepers, RuleTexts texts, Problems problems) {
    /** Empty where it cannot be used, which is reported. */
    Optional<Publication> read(Section item) {
        Optional<String> by = item.oneOf("stream", "channel", "topic");
        Optional<RuleTexts.Compilation<Template>> name = by.flatMap(item::node).flatMap(texts::name);
        Optional<Integer> maxLength = item.optional("max_length", Kind.whole(1, Integer.MAX_VALUE));
        Optional<ValueShape> value = item.requiredNode("value")
                .flatMap(node -> new ValueReader(texts, problems).whole(node, item.node("except")));
        item.node("except");
        by.filter(found -> !found.equals("stream"))
                .ifPresent(found -> item.redundant("only goes with stream", "max_length"));
        item.finish();
        by.filter("stream"::equals).flatMap(stream -> name).ifPresent(found -> {
            KeyText key = KeyText.of(found.value());
            KeyReader.checkIsNotOwn(found.scalar(), key, "stream", problems);
            keepers.stream(rows, found.scalar(), key);
        });
        return by.flatMap(found -> name.map(RuleTexts.Compilation::value)
                .flatMap(template -> value.map(shape -> publication(found, template, maxLength, shape))));
    }

    private static Publication publication(String by, Template name, Optional<Integer> maxLength, ValueShape value) {
        return switch (by) {
            case "stream" ->
                new Publication.ToStream(name, maxLength.map(OptionalInt::of).orElse(OptionalInt.empty()), value);
            case "channel" -> new Publication.ToChannel(name, value);
            default -> new Publication.ToTopic(name, value);
        };
    }
}
