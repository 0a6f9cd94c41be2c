package dev.freshet.servers.kafka;

import dev.freshet.servers.ServerSettings;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Who may use a broker. */
sealed interface Access {
    String LISTENER = "CLIENTS";

    /** What the broker is configured with. */
    ServerSettings broker();

    /** What its administrator's clients are configured with beside the address. */
    SequencedMap<String, String> administrator();

    /** Everybody may do everything. */
    record Open() implements Access {
        @Override
        public ServerSettings broker() {
            return ServerSettings.DEFAULT.with(
                    "listener.security.protocol.map", LISTENER + ":PLAINTEXT,CONTROLLER:PLAINTEXT");
        }

        @Override
        public SequencedMap<String, String> administrator() {
            return new TreeMap<>();
        }
    }

    /** Nobody does anything without a password, and only the administrator without having been allowed to. */
    record Secured(List<KafkaUser> users) implements Access {
        public Secured {
            users = List.copyOf(users);
        }

        @Override
        public ServerSettings broker() {
            return new ServerSettings(new TreeMap<>(Map.of(
                    "listener.security.protocol.map",
                    LISTENER + ":SASL_PLAINTEXT,CONTROLLER:PLAINTEXT",
                    "sasl.enabled.mechanisms",
                    "PLAIN",
                    "sasl.mechanism.inter.broker.protocol",
                    "PLAIN",
                    "listener.name.clients.plain.sasl.jaas.config",
                    passwords(),
                    "authorizer.class.name",
                    "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
                    // The controller's own listener asks nobody for a name.
                    "super.users",
                    KafkaUser.ADMINISTRATOR.principal() + ";User:ANONYMOUS")));
        }

        @Override
        public SequencedMap<String, String> administrator() {
            return KafkaUser.ADMINISTRATOR.login();
        }

        /** The broker's own login, and whom it lets in. */
        private String passwords() {
            var known = Stream.concat(Stream.of(KafkaUser.ADMINISTRATOR), users.stream())
                    .map(user -> " user_%s=\"%s\"".formatted(user.name(), user.password()))
                    .collect(Collectors.joining());
            return "%s%s;".formatted(KafkaUser.ADMINISTRATOR.module(), known);
        }
    }
}
