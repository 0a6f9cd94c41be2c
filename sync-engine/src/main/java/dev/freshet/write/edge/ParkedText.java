package dev.freshet.write.edge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.change.Version;
import dev.freshet.plan.EdgeTag;
import dev.freshet.plan.EdgeTarget;
import dev.freshet.plan.Operation;
import dev.freshet.rules.RuleName;
import dev.freshet.rules.edge.EdgeName;
import dev.freshet.write.LaneName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Purges as text. The field says what is purged, at which lane and for whom: {@code {"lane":"site","wanted":[{"rule":"product",
 * "edge":"site","tag":"product-17","soft":true,"again_ms":5000,"escalate":[[{"tag":"category-3"}],[{"all":true}]]}]}}; the value says
 * for which change, {@code "<commit in ms> <version> <unique>"}.
 */
final class ParkedText {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private ParkedText() {}

    /**
     * A text that was read back.
     *
     * @param wanted of one target, at least one
     */
    record Read(LaneName lane, List<Operation.Purge> wanted) {}

    /** @param unique to this text, of all processes */
    static ParkedPurge write(LaneName lane, List<Operation.Purge> wanted, String unique) {
        ObjectNode root = JSON.createObjectNode();
        root.put("lane", lane.text());
        ArrayNode all = root.putArray("wanted");
        for (Operation.Purge purge : wanted) {
            ObjectNode one = all.addObject();
            one.put("rule", purge.rule().text());
            one.put("edge", purge.edge().text());
            target(purge.target(), one);
            one.put("soft", purge.soft());
            purge.againAfter().ifPresent(again -> one.put("again_ms", again.toMillis()));
            ArrayNode levels = one.putArray("escalate");
            for (Set<EdgeTarget> level : purge.escalate()) {
                ArrayNode targets = levels.addArray();
                level.forEach(target -> target(target, targets.addObject()));
            }
        }
        Operation.Purge last = wanted.getLast();
        String value = last.committedAt().toEpochMilli() + " "
                + HexFormat.of().formatHex(last.version().toBytes()) + " " + unique;
        try {
            return new ParkedPurge(JSON.writeValueAsString(root), value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of texts is always JSON", e);
        }
    }

    private static void target(EdgeTarget target, ObjectNode into) {
        switch (target) {
            case EdgeTarget.Tagged tagged -> into.put("tag", tagged.tag().text());
            case EdgeTarget.Url url -> into.put("url", url.url());
            case EdgeTarget.UrlPrefix prefix -> into.put("prefix", prefix.prefix());
            case EdgeTarget.Host host -> into.put("host", host.host());
            case EdgeTarget.Everything everything -> into.put("all", true);
        }
    }

    /** Empty where it is no such text. */
    static Optional<Read> read(ParkedPurge parked) {
        try {
            JsonNode root = JSON.readTree(parked.field());
            String[] value = parked.value().split(" ");
            Instant committedAt = Instant.ofEpochMilli(Long.parseLong(value[0]));
            Version version = Version.fromBytes(HexFormat.of().parseHex(value[1]));
            List<Operation.Purge> wanted = new ArrayList<>();
            for (JsonNode one : root.path("wanted")) {
                List<Set<EdgeTarget>> escalate = new ArrayList<>();
                for (JsonNode level : one.path("escalate")) {
                    Set<EdgeTarget> targets = new LinkedHashSet<>();
                    level.forEach(target -> targets.add(target(target)));
                    escalate.add(targets);
                }
                wanted.add(new Operation.Purge(
                        new RuleName(one.path("rule").asText()),
                        version,
                        committedAt,
                        new EdgeName(one.path("edge").asText()),
                        target(one),
                        one.path("soft").asBoolean(),
                        one.has("again_ms")
                                ? Optional.of(
                                        Duration.ofMillis(one.path("again_ms").asLong()))
                                : Optional.empty(),
                        escalate));
            }
            return wanted.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Read(LaneName.read(root.path("lane").asText()), wanted));
        } catch (JsonProcessingException | IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }

    private static EdgeTarget target(JsonNode json) {
        if (json.has("tag")) {
            return new EdgeTarget.Tagged(new EdgeTag(json.path("tag").asText()));
        }
        if (json.has("url")) {
            return new EdgeTarget.Url(json.path("url").asText());
        }
        if (json.has("prefix")) {
            return new EdgeTarget.UrlPrefix(json.path("prefix").asText());
        }
        if (json.has("host")) {
            return new EdgeTarget.Host(json.path("host").asText());
        }
        if (json.path("all").asBoolean()) {
            return new EdgeTarget.Everything();
        }
        throw new IllegalArgumentException("it names nothing");
    }
}
