package dev.freshet.sidecar.outcome;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.plan.CacheKey;
import dev.freshet.plan.CacheTag;
import dev.freshet.plan.Destination;
import dev.freshet.plan.EdgeTarget;
import dev.freshet.plan.Entry;
import dev.freshet.plan.Expiry;
import dev.freshet.plan.Failure;
import dev.freshet.plan.FanOut;
import dev.freshet.plan.Operation;
import dev.freshet.plan.Part;
import dev.freshet.plan.PartPattern;
import dev.freshet.plan.Share;
import dev.freshet.plan.Spread;
import dev.freshet.rules.QueryPut;
import dev.freshet.rules.expression.JsonValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** The facts of each kind of operation. */
final class Facts {
    /** Numbers keep every digit and the zeros at their end. */
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private static final double EXACT_WHOLE = 1e15;

    private final ObjectNode facts = JSON.createObjectNode();

    private Facts() {}

    static Outcome of(Failure failure) {
        Facts made = new Facts();
        made.facts.put("rule", failure.rule().text());
        made.facts.put("at", failure.path());
        made.facts.put("reason", failure.reason());
        return new Outcome(Word.FAILED, made.facts);
    }

    static Outcome of(FanOut fanOut) {
        Facts made = new Facts();
        made.facts.put("rule", fanOut.rule().text());
        made.facts.put("asks", fanOut.query());
        return new Outcome(Word.ASKED, made.facts);
    }

    static Outcome of(Operation operation) {
        Facts made = new Facts();
        made.facts.put("rule", operation.rule().text());
        return new Outcome(made.add(operation), made.facts);
    }

    private Word add(Operation operation) {
        switch (operation) {
            case Operation.Put put -> {
                key(put.key());
                entry(put.entry());
                expiry(put.expiry(), put.key());
                tags("tags", put.tagging().join());
                tags("leaves", put.tagging().leave());
                facts.put("owner", put.owner().toString());
                return Word.WRITTEN;
            }
            case Operation.Refresh refresh -> {
                key(refresh.key());
                facts.put("as", word(refresh.form()));
                facts.put(
                        "query",
                        refresh.question()
                                .query()
                                .text(parameter -> "{" + parameter.source().strip() + "}"));
                expiry(refresh.expiry(), refresh.key());
                tags("tags", refresh.tags());
                return Word.REFRESHED;
            }
            case Operation.PutFound put -> {
                key(put.key());
                entry(put.entry());
                expiry(put.expiry(), put.key());
                tags("tags", put.tags());
                return Word.WRITTEN;
            }
            case Operation.RemoveFound remove -> {
                key(remove.key());
                tags("leaves", remove.leave());
                return Word.REMOVED;
            }
            case Operation.PutPart put -> {
                key(put.key());
                share(put.share());
                facts.put("owner", put.owner().toString());
                return Word.WRITTEN;
            }
            case Operation.Remove remove -> {
                key(remove.key());
                tags("leaves", remove.leave());
                facts.put("owner", remove.owner().toString());
                return Word.REMOVED;
            }
            case Operation.RemovePart remove -> {
                key(remove.key());
                part(remove.part());
                facts.put("owner", remove.owner().toString());
                return Word.REMOVED;
            }
            case Operation.DropPart drop -> {
                key(drop.key());
                part(drop.part());
                return Word.REMOVED;
            }
            case Operation.Invalidate invalidate -> {
                key(invalidate.key());
                tags("leaves", invalidate.leave());
                return Word.INVALIDATED;
            }
            case Operation.InvalidateTag invalidate -> {
                facts.put("tag", invalidate.tag().text());
                return Word.INVALIDATED;
            }
            case Operation.InvalidatePrefix invalidate -> {
                facts.put("prefix", invalidate.prefix().text());
                return Word.INVALIDATED;
            }
            case Operation.InvalidateTags invalidate -> {
                facts.put("tag", invalidate.tags().glob());
                return Word.SWEPT;
            }
            case Operation.Sweep sweep -> {
                facts.put("key", sweep.pattern().glob());
                facts.put("table", sweep.table().toString());
                return Word.SWEPT;
            }
            case Operation.SweepParts sweep -> {
                facts.put("key", sweep.pattern().glob());
                parts(sweep.parts());
                facts.put("table", sweep.table().toString());
                return Word.SWEPT;
            }
            case Operation.SweepTagged sweep -> {
                facts.put("key", sweep.pattern().glob());
                facts.put("tagged", sweep.tags().glob());
                facts.put("table", sweep.table().toString());
                return Word.SWEPT;
            }
            case Operation.Purge purge -> {
                facts.put("edge", purge.edge().text());
                target(facts, purge.target());
                facts.put("soft", purge.soft());
                purge.againAfter().ifPresent(after -> facts.put("again_after", Lengths.text(after)));
                escalate(purge.escalate());
                return Word.PURGED;
            }
            case Operation.Publish publish -> {
                destination(publish.destination());
                facts.set("value", json(publish.message()));
                return Word.PUBLISHED;
            }
        }
    }

    private static String word(QueryPut.Form form) {
        return switch (form) {
            case STRING -> "string";
            case OBJECT, ARRAY -> "json";
            case HASH -> "hash";
            case SET -> "set";
            case SORTED_SET -> "sorted_set";
        };
    }

    private void key(CacheKey key) {
        facts.put("key", key.text());
    }

    private void tags(String name, Set<CacheTag> tags) {
        if (!tags.isEmpty()) {
            texts(name, tags.stream().map(CacheTag::text).toList());
        }
    }

    private void texts(String name, Collection<String> texts) {
        ArrayNode list = facts.putArray(name);
        texts.forEach(list::add);
    }

    private void entry(Entry entry) {
        switch (entry) {
            case Entry.Text text -> {
                facts.put("as", "string");
                facts.put("value", text.value());
            }
            case Entry.Json json -> {
                facts.put("as", "json");
                facts.set("value", json(json.value()));
            }
            case Entry.Hash hash -> {
                facts.put("as", "hash");
                ObjectNode fields = facts.putObject("value");
                hash.fields().forEach(fields::put);
            }
            case Entry.Members members -> {
                facts.put("as", "set");
                texts("value", members.texts());
            }
            case Entry.Scored scored -> {
                facts.put("as", "sorted_set");
                ObjectNode scores = facts.putObject("value");
                scored.scores().forEach((member, score) -> score(scores, member, score));
            }
        }
    }

    private static JsonNode json(JsonValue value) {
        try {
            return JSON.readTree(value.utf8());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a document that rules made is JSON", e);
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory failed", e);
        }
    }

    /** The ttl as the rules say it, not as it is spread. */
    private void expiry(Expiry expiry, CacheKey key) {
        switch (expiry) {
            case Expiry.Never never -> facts.put("ttl", "none");
            case Expiry.After after -> facts.put("ttl", Lengths.text(Spread.undone(after, key)));
            case Expiry.At at -> facts.put("expire_at", at.moment().toString());
        }
    }

    private void share(Share share) {
        switch (share) {
            case Share.Fields fields -> {
                facts.put("as", "hash");
                ObjectNode values = facts.putObject("fields");
                fields.values().forEach(values::put);
                List<String> without = fields.part().names().stream()
                        .filter(name -> !fields.values().containsKey(name))
                        .toList();
                if (!without.isEmpty()) {
                    texts("without", without);
                }
            }
            case Share.Field field -> {
                facts.put("as", "hash");
                part(field.part());
                facts.put("value", field.value());
            }
            case Share.SetMember member -> part(member.part());
            case Share.SortedSetMember member -> {
                part(member.part());
                score(facts, "score", member.score());
            }
        }
    }

    /** Whole numbers without a fraction; infinities, which JSON does not have, as texts. */
    private static void score(ObjectNode to, String name, double score) {
        if (Double.isInfinite(score)) {
            to.put(name, Double.toString(score));
        } else if (score == Math.rint(score) && Math.abs(score) < EXACT_WHOLE) {
            to.put(name, (long) score);
        } else {
            to.put(name, BigDecimal.valueOf(score));
        }
    }

    private void part(Part part) {
        switch (part) {
            case Part.Fields fields -> texts("fields", fields.names());
            case Part.Field field -> facts.put("field", field.name());
            case Part.SetMember member -> facts.put("member", member.text());
            case Part.SortedSetMember member -> facts.put("member", member.text());
        }
    }

    private void parts(PartPattern parts) {
        switch (parts) {
            case PartPattern.Fields fields -> texts("fields", fields.names());
            case PartPattern.Field field -> facts.put("field", field.names().glob());
            case PartPattern.SetMember member ->
                facts.put("member", member.members().glob());
            case PartPattern.SortedSetMember member ->
                facts.put("member", member.members().glob());
        }
    }

    private static void target(ObjectNode to, EdgeTarget target) {
        switch (target) {
            case EdgeTarget.Tagged tagged -> to.put("tag", tagged.tag().text());
            case EdgeTarget.Url url -> to.put("url", url.url());
            case EdgeTarget.UrlPrefix prefix -> to.put("prefix", prefix.prefix());
            case EdgeTarget.Host host -> to.put("host", host.host());
            case EdgeTarget.Everything everything -> to.put("all", true);
        }
    }

    private void escalate(List<Set<EdgeTarget>> levels) {
        if (!levels.isEmpty()) {
            ArrayNode all = facts.putArray("escalate");
            levels.forEach(level -> {
                ArrayNode targets = all.addArray();
                level.forEach(target -> target(targets.addObject(), target));
            });
        }
    }

    private void destination(Destination destination) {
        switch (destination) {
            case Destination.Stream stream -> {
                facts.put("stream", stream.key().text());
                stream.maxLength().ifPresent(length -> facts.put("max_length", length));
            }
            case Destination.Channel channel -> facts.put("channel", channel.name());
            case Destination.Topic topic -> facts.put("topic", topic.name());
        }
    }
}
