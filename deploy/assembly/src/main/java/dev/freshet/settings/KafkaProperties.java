package dev.freshet.settings;

import dev.freshet.connector.kafka.broker.ClientProperties;
import dev.freshet.rules.expression.Spelling;
import dev.freshet.rules.yaml.Answer;
import dev.freshet.rules.yaml.Code;
import dev.freshet.rules.yaml.Kind;
import dev.freshet.rules.yaml.Node;
import dev.freshet.rules.yaml.Secret;
import dev.freshet.rules.yaml.Section;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads properties of Kafka's clients. */
final class KafkaProperties {
    private static final String BROKERS = "bootstrap.servers";

    /** Properties that Freshet itself has to set: of those who read topics, and of those who write them. */
    private static final Set<String> OWN = Set.of(
            "allow.auto.create.topics",
            "group.id",
            "enable.auto.commit",
            "auto.offset.reset",
            "isolation.level",
            "key.deserializer",
            "value.deserializer",
            "acks",
            "enable.idempotence",
            "transactional.id",
            "retries",
            "max.in.flight.requests.per.connection",
            "delivery.timeout.ms",
            "max.block.ms",
            "linger.ms",
            "key.serializer",
            "value.serializer");

    private KafkaProperties() {}

    /** Those under a key that must stand. */
    static Map<String, Secret> required(Section section, String key) {
        return section.requiredNode(key)
                .flatMap(section::map)
                .map(map -> clients(section, map))
                .orElse(Map.of());
    }

    /** Those under a key; empty where it does not stand. */
    static Optional<Map<String, Secret>> optional(Section section, String key) {
        return section.node(key).flatMap(section::map).map(map -> clients(section, map));
    }

    private static Map<String, Secret> clients(Section section, Node.Mapping map) {
        if (!map.members().containsKey(BROKERS)) {
            section.reportValue(map, Code.MISSING_KEY, "'" + BROKERS + "' is missing");
        }
        Map<String, String> properties = new LinkedHashMap<>();
        map.members().forEach((name, value) -> {
            if (OWN.contains(name)) {
                section.reportValue(value, Code.CONFLICTING_KEYS, "Freshet says it itself; leave it out");
            } else if (ClientProperties.isKnown(name)) {
                section.scalar(value, kind(name)).ifPresent(text -> properties.put(name, text));
            } else {
                unknown(section, name, value);
                section.scalar(value, Kind.ANY_TEXT).ifPresent(text -> properties.put(name, text));
            }
        });
        ClientProperties.discords(map.members().keySet(), properties).forEach((name, message) -> {
            Node node = map.members().get(name);
            section.reportValue(
                    node == null ? map : node, node == null ? Code.MISSING_KEY : Code.CONFLICTING_KEYS, message);
        });
        return secret(properties);
    }

    private static Map<String, Secret> secret(Map<String, String> properties) {
        Map<String, Secret> secrets = new LinkedHashMap<>();
        properties.forEach((name, text) -> secrets.put(name, new Secret(text)));
        return secrets;
    }

    private static Kind<String> kind(String name) {
        return text -> {
            Optional<String> expected = ClientProperties.expected(name, text);
            if (expected.isEmpty()) {
                return Answer.is(text);
            }
            return ClientProperties.isSecret(name)
                    ? new Answer.Refused<>(Code.BAD_VALUE, "expected " + expected.get())
                    : Answer.isNot(expected.get());
        };
    }

    /** Classes that a user names here have properties of their own, of whatever name is not like Kafka's. */
    private static void unknown(Section section, String name, Node value) {
        Optional<String> nearest = Spelling.nearest(name, ClientProperties.names());
        if (nearest.isPresent() || ClientProperties.isLikeKnown(name)) {
            section.reportName(value, Code.UNKNOWN_KEY, "Kafka's clients have no such property", nearest);
        } else {
            section.reportName(
                    value,
                    Code.UNUSED,
                    "no property of Kafka's clients: nothing reads it but a class of yours that is named here",
                    Optional.empty());
        }
    }

    /** Whatever properties these are; any of them may be a secret, or hold one. */
    static Map<String, Secret> any(Section section, Optional<Node> node) {
        Map<String, String> properties = new LinkedHashMap<>();
        node.flatMap(section::map)
                .ifPresent(map -> map.members()
                        .forEach((name, value) ->
                                section.scalar(value, Kind.ANY_TEXT).ifPresent(text -> properties.put(name, text))));
        return secret(properties);
    }
}
