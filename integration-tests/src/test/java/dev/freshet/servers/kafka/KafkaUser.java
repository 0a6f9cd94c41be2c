package dev.freshet.servers.kafka;

import java.util.Collections;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;

/** Somebody whom a secured broker knows by password. */
public record KafkaUser(String name, String password) {
    /** May do everything. */
    static final KafkaUser ADMINISTRATOR = new KafkaUser("administrator", "loopback only");

    public KafkaUser withPassword(String other) {
        return new KafkaUser(name, other);
    }

    /** As the broker's lists of allowed operations name the user. */
    public String principal() {
        return "User:" + name;
    }

    /** What a client of this user is configured with beside the broker's address. */
    public SequencedMap<String, String> login() {
        return Collections.unmodifiableSequencedMap(new TreeMap<>(Map.of(
                "security.protocol", "SASL_PLAINTEXT", "sasl.mechanism", "PLAIN", "sasl.jaas.config", module() + ";")));
    }

    /** As a JAAS configuration begins that logs in as this user. */
    String module() {
        return "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"%s\" password=\"%s\""
                .formatted(name, password);
    }
}
