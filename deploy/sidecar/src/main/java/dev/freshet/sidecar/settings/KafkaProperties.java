package dev.freshet.sidecar.settings;

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
        return clients(section, section.requiredNode(key));
    }

    /** Those under a key; empty where it does not stand. */
    static Optional<Map<String, Secret>> optional(Section section, String key) {
        Optional<Node> node = section.node(key);
        return node.map(found -> clients(section, node));
    }

    private static Map<String, Secret> clients(Section section, Optional<Node> node) {
        Map<String, Secret> properties = any(section, node);
        if (node.isPresent() && node.get() instanceof Node.Mapping map) {
            if (!map.members().containsKey(BROKERS)) {
                section.reportValue(map, Code.MISSING_KEY, "'" + BROKERS + "' is missing");
            }
            map.members().forEach((name, value) -> {
                if (OWN.contains(name)) {
                    section.reportValue(value, Code.CONFLICTING_KEYS, "Freshet says it itself; leave it out");
                }
            });
        }
        return properties;
    }

    /** Whatever properties these are; any of them may be a secret, or hold one. */
    static Map<String, Secret> any(Section section, Optional<Node> node) {
        Map<String, Secret> properties = new LinkedHashMap<>();
        node.flatMap(section::map)
                .ifPresent(map -> map.members()
                        .forEach((name, value) -> section.scalar(value, Kind.ANY_TEXT)
                                .ifPresent(text -> properties.put(name, new Secret(text)))));
        return properties;
    }
}
