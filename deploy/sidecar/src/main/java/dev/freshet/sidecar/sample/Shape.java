package dev.freshet.sidecar.sample;

import dev.freshet.plan.Destination;
import dev.freshet.plan.EdgeTarget;
import dev.freshet.plan.FanOut;
import dev.freshet.plan.Operation;
import dev.freshet.rules.Invalidation;
import dev.freshet.rules.Publication;
import dev.freshet.rules.Purge;
import dev.freshet.rules.Purged;
import dev.freshet.rules.Put;
import dev.freshet.rules.Rule;
import dev.freshet.rules.edge.Edge;
import dev.freshet.rules.expression.Template;
import dev.freshet.sidecar.outcome.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What operations of one kind have in common.
 *
 * @param rule the rule's name
 * @param text the template that makes the names, as written
 */
record Shape(String rule, Word word, String text) implements Comparable<Shape> {
    /** An operation's shape, and what it is done to. */
    record Named(Shape shape, String name) {}

    static Named of(Operation operation, Rule rule) {
        return switch (operation) {
            case Operation.Put put -> named(rule, Word.WRITTEN, put.key().text(), puts(rule));
            case Operation.PutPart put -> named(rule, Word.WRITTEN, put.key().text(), puts(rule));
            case Operation.Refresh refresh ->
                named(rule, Word.REFRESHED, refresh.key().text(), puts(rule));
            case Operation.PutFound put -> named(rule, Word.WRITTEN, put.key().text(), puts(rule));
            case Operation.RemoveFound remove ->
                named(rule, Word.REMOVED, remove.key().text(), puts(rule));
            case Operation.Remove remove ->
                named(rule, Word.REMOVED, remove.key().text(), puts(rule));
            case Operation.RemovePart remove ->
                named(rule, Word.REMOVED, remove.key().text(), puts(rule));
            case Operation.DropPart drop -> named(rule, Word.REMOVED, drop.key().text(), puts(rule));
            case Operation.Invalidate gone ->
                named(
                        rule,
                        Word.INVALIDATED,
                        gone.key().text(),
                        invalidations(rule, Invalidation.ByKey.class::isInstance));
            case Operation.InvalidateTag gone ->
                named(
                        rule,
                        Word.INVALIDATED,
                        gone.tag().text(),
                        invalidations(rule, Invalidation.ByTag.class::isInstance));
            case Operation.InvalidatePrefix gone ->
                named(
                        rule,
                        Word.INVALIDATED,
                        gone.prefix().text(),
                        invalidations(rule, Invalidation.ByPrefix.class::isInstance));
            case Operation.InvalidateTags swept -> swept(rule, swept.tags().glob());
            case Operation.Sweep swept -> swept(rule, swept.pattern().glob());
            case Operation.SweepParts swept -> swept(rule, swept.pattern().glob());
            case Operation.SweepTagged swept -> swept(rule, swept.pattern().glob());
            case Operation.Purge purge -> purged(rule, purge.target());
            case Operation.Publish publish -> {
                String name = switch (publish.destination()) {
                    case Destination.Stream stream -> stream.key().text();
                    case Destination.Channel channel -> channel.name();
                    case Destination.Topic topic -> topic.name();
                };
                yield named(
                        rule,
                        Word.PUBLISHED,
                        name,
                        rule.publications().stream().map(Publication::name).toList());
            }
        };
    }

    static Named of(FanOut fanOut) {
        return new Named(new Shape(fanOut.rule().text(), Word.ASKED, fanOut.query()), "");
    }

    private static Named purged(Rule rule, EdgeTarget target) {
        return switch (target) {
            case EdgeTarget.Tagged tagged ->
                named(rule, Word.PURGED, tagged.tag().text(), purges(rule, Edge.Kind.TAG));
            case EdgeTarget.Url url -> named(rule, Word.PURGED, url.url(), purges(rule, Edge.Kind.URL));
            case EdgeTarget.UrlPrefix prefix ->
                named(rule, Word.PURGED, prefix.prefix(), purges(rule, Edge.Kind.PREFIX));
            case EdgeTarget.Host host -> named(rule, Word.PURGED, host.host(), purges(rule, Edge.Kind.HOST));
            case EdgeTarget.Everything everything -> named(rule, Word.PURGED, "everything", List.of());
        };
    }

    private static List<Template> puts(Rule rule) {
        return rule.puts().stream().map(Put::key).toList();
    }

    private static List<Template> invalidations(Rule rule, Predicate<Invalidation> kind) {
        return rule.invalidations().stream()
                .filter(kind)
                .map(Invalidation::name)
                .toList();
    }

    private static List<Template> purges(Rule rule, Edge.Kind kind) {
        List<Template> all = new ArrayList<>();
        for (Purge purge : rule.purges()) {
            List<Purged> levels = new ArrayList<>(List.of(purge.what()));
            levels.addAll(purge.escalate());
            levels.stream()
                    .filter(what -> what.kind() == kind)
                    .forEach(what -> what.name().ifPresent(all::add));
        }
        return all;
    }

    private static Named swept(Rule rule, String glob) {
        return new Named(new Shape(rule.name().text(), Word.SWEPT, glob), glob);
    }

    /** Of several templates the first that can have made the name; names of edges are encoded, so it may be none. */
    private static Named named(Rule rule, Word word, String name, List<Template> templates) {
        Optional<Template> made = templates.size() == 1
                ? Optional.of(templates.getFirst())
                : templates.stream()
                        .filter(template -> template.pattern(Optional.empty()).matches(name))
                        .findFirst()
                        .or(() -> templates.stream().findFirst());
        return new Named(
                new Shape(rule.name().text(), word, made.map(Template::source).orElse(name)), name);
    }

    @Override
    public int compareTo(Shape other) {
        int byRule = rule.compareTo(other.rule);
        int byWord = word.compareTo(other.word);
        return byRule != 0 ? byRule : byWord != 0 ? byWord : text.compareTo(other.text);
    }
}
