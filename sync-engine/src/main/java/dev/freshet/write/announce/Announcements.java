package dev.freshet.write.announce;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.message.Address;
import dev.freshet.message.Message;
import dev.freshet.plan.CacheKey;
import dev.freshet.plan.CacheTag;
import dev.freshet.plan.Operation;
import dev.freshet.rules.expression.KeyPattern;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Says what an operation has changed in the cache, as {@code deploy/announcement.schema.json} describes it: names alone, no value.
 *
 * @param place the topic or the channel that hears it
 * @param prefix what the cache's keys begin with
 */
public record Announcements(String place, String prefix) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** Empty for what changes nothing in the cache that a reader sees. */
    Optional<Message> of(Operation operation) {
        return switch (operation) {
            case Operation.Put put -> entry("put", put, put.key(), put.tagging().join());
            case Operation.PutFound put -> entry("put", put, put.key(), put.tags());
            case Operation.Remove remove -> entry("remove", remove, remove.key(), remove.leave());
            case Operation.RemoveFound remove -> entry("remove", remove, remove.key(), remove.leave());
            case Operation.Invalidate gone -> entry("remove", gone, gone.key(), gone.leave());
            case Operation.PutPart put -> entry("change", put, put.key(), List.of());
            case Operation.RemovePart remove -> entry("change", remove, remove.key(), List.of());
            case Operation.DropPart drop -> entry("change", drop, drop.key(), List.of());
            case Operation.InvalidateTag tag ->
                many("tag", tag, tag.tag().text(), "tag " + tag.tag().text());
            case Operation.InvalidatePrefix beginning ->
                many(
                        "prefix",
                        beginning,
                        prefix + beginning.prefix().text(),
                        "prefix " + prefix + beginning.prefix().text());
            case Operation.InvalidateTags tags ->
                many(
                        "tag_match",
                        tags,
                        tags.tags().glob(),
                        "tags " + tags.tags().glob());
            case Operation.Sweep sweep -> matching(sweep, sweep.pattern());
            case Operation.SweepParts sweep -> matching(sweep, sweep.pattern());
            case Operation.SweepTagged sweep -> matching(sweep, sweep.pattern());
            case Operation.Publish publish -> Optional.empty();
            case Operation.Purge purge -> Optional.empty();
            case Operation.Refresh refresh -> throw new IllegalStateException("it is answered before it is written");
        };
    }

    private Optional<Message> entry(String word, Operation operation, CacheKey key, Collection<CacheTag> tags) {
        String name = prefix + key.text();
        ObjectNode body = JSON.createObjectNode().put("operation", word).put("key", name);
        ArrayNode all = body.putArray("tags");
        tags.forEach(tag -> all.add(tag.text()));
        return message(name, body, operation);
    }

    private Optional<Message> matching(Operation operation, KeyPattern pattern) {
        String glob = escaped(prefix) + pattern.glob();
        return many("match", operation, glob, "match " + glob);
    }

    private Optional<Message> many(String by, Operation operation, String name, String key) {
        return message(
                key, JSON.createObjectNode().put("operation", "invalidate").put(by, name), operation);
    }

    private Optional<Message> message(String key, ObjectNode body, Operation operation) {
        body.put("rule", operation.rule().text());
        Moment.of(operation).fields().forEach(body::put);
        return Optional.of(new Message(new Address(place, key), () -> utf8(body), Map.of()));
    }

    private static byte[] utf8(ObjectNode body) {
        try {
            return JSON.writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts are always JSON", e);
        }
    }

    /** The prefix as a glob that matches it alone. */
    private static String escaped(String prefix) {
        return prefix.replaceAll("[\\\\*?\\[\\]^-]", "\\\\$0");
    }
}
