package dev.freshet.plan;

import dev.freshet.change.Change;
import dev.freshet.change.NoSuchColumnException;
import dev.freshet.rules.Publication;
import dev.freshet.rules.expression.EvaluationException;
import dev.freshet.rules.expression.JsonValue;
import dev.freshet.rules.expression.Scope;
import dev.freshet.rules.expression.Template;
import dev.freshet.rules.expression.ValueShape;
import java.util.List;
import java.util.OptionalInt;

/**
 * Plans messages.
 *
 * @param event what they see
 */
record Publications(RowTexts texts, Scope event) {
    void plan(Publication publication, String path) {
        List<String> names = texts.names(publication.name(), path + "." + publication.by(), event, false);
        if (names.isEmpty()) {
            return;
        }
        Change change = texts.change();
        try {
            JsonValue message = publication.value().toJson(event);
            for (String name : names) {
                texts.effects()
                        .write(new Operation.Publish(
                                texts.rule().rule().name(),
                                change.version(),
                                change.committedAt(),
                                destination(publication, name, change),
                                message));
            }
        } catch (EvaluationException | NoSuchColumnException e) {
            texts.fail(path + ".value", e);
        }
    }

    private static Destination destination(Publication publication, String name, Change change) {
        return switch (publication) {
            case Publication.ToStream(Template template, OptionalInt maxLength, ValueShape value) ->
                new Destination.Stream(new CacheKey(name), maxLength);
            case Publication.ToChannel channel -> new Destination.Channel(name);
            case Publication.ToTopic topic -> new Destination.Topic(name, subject(change));
        };
    }

    private static String subject(Change change) {
        return switch (change) {
            case Change.Insert insert -> insert.row().toString();
            case Change.Update update -> update.row().toString();
            case Change.Delete delete -> delete.row().toString();
            case Change.Snapshot snapshot -> snapshot.row().toString();
            case Change.Truncate truncate -> truncate.table().toString();
            case Change.Altered altered -> altered.table().toString();
        };
    }
}
