package dev.freshet.connector.kafka.broker;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.metrics.JmxReporter;
import org.apache.kafka.common.security.JaasContext;
import org.apache.kafka.common.security.JaasUtils;
import org.apache.kafka.common.security.auth.SecurityProtocol;
import org.apache.kafka.common.utils.Utils;

/** What Kafka's clients say of their properties, without a broker. Nothing that is said here holds a value. */
public final class ClientProperties {
    private static final Map<String, ConfigDef.ConfigKey> KNOWN = known();
    private static final Set<String> FIRST_WORDS =
            KNOWN.keySet().stream().map(ClientProperties::firstWord).collect(Collectors.toUnmodifiableSet());

    /** Of names that Kafka's own classes read beside those that are defined, what they begin with. */
    private static final List<String> MORE =
            List.of("config.providers.", JmxReporter.INCLUDE_CONFIG, JmxReporter.EXCLUDE_CONFIG);

    private static final List<String> MECHANISMS =
            List.of("PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512", "OAUTHBEARER", "GSSAPI");

    private ClientProperties() {}

    private static Map<String, ConfigDef.ConfigKey> known() {
        Map<String, ConfigDef.ConfigKey> known =
                new TreeMap<>(AdminClientConfig.configDef().configKeys());
        known.putAll(ProducerConfig.configDef().configKeys());
        known.putAll(ConsumerConfig.configDef().configKeys());
        known.keySet().removeIf(name -> name.startsWith("internal."));
        return Collections.unmodifiableMap(known);
    }

    private static String firstWord(String name) {
        int dot = name.indexOf('.');
        return dot < 0 ? name : name.substring(0, dot);
    }

    /** Of all properties. */
    public static Set<String> names() {
        return KNOWN.keySet();
    }

    public static boolean isKnown(String name) {
        return KNOWN.containsKey(name) || MORE.stream().anyMatch(name::startsWith);
    }

    /** Whether a name begins as Kafka's own do: where it is not known it is misspelt, and no class of a user's reads it. */
    public static boolean isLikeKnown(String name) {
        return FIRST_WORDS.contains(firstWord(name));
    }

    /** Whether what stands there may be a password, or hold one. */
    public static boolean isSecret(String name) {
        ConfigDef.ConfigKey key = KNOWN.get(name);
        return key == null || key.type == ConfigDef.Type.PASSWORD;
    }

    /** What should stand there instead; empty where the value may. */
    public static Optional<String> expected(String name, String value) {
        ConfigDef.ConfigKey key = KNOWN.get(name);
        if (key == null) {
            return Optional.empty();
        }
        try {
            Object read = ConfigDef.parseType(name, value, key.type());
            if (key.validator != null) {
                key.validator.ensureValid(name, read);
            }
        } catch (ConfigException e) {
            return Optional.of(what(key));
        }
        return switch (name) {
            case CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG ->
                isOfAddresses(value)
                        ? Optional.empty()
                        : Optional.of("<host>:<port>, more of them with commas between");
            case SaslConfigs.SASL_JAAS_CONFIG -> login(value);
            default -> Optional.empty();
        };
    }

    private static String what(ConfigDef.ConfigKey key) {
        String bounds = key.validator == null ? "" : key.validator.toString();
        return switch (key.type()) {
            case BOOLEAN -> "true or false";
            case SHORT, INT, LONG -> "a whole number" + (bounds.isEmpty() ? "" : " within " + bounds);
            case DOUBLE -> "a number" + (bounds.isEmpty() ? "" : " within " + bounds);
            case CLASS -> "a class on the class path";
            case LIST -> "texts that differ, with commas between";
            case STRING, PASSWORD -> words(bounds);
        };
    }

    /** Of what a validator says of itself, {@code (case insensitive) [CONSUMER, CLASSIC]}, the words in their order. */
    private static String words(String bounds) {
        int open = bounds.indexOf('[');
        return open < 0 || !bounds.endsWith("]")
                ? bounds
                : "one of "
                        + Arrays.stream(bounds.substring(open + 1, bounds.length() - 1)
                                        .split(", "))
                                .sorted()
                                .collect(Collectors.joining(", "));
    }

    private static boolean isOfAddresses(String value) {
        List<String> all = Arrays.stream(value.split(",")).map(String::strip).toList();
        return all.stream().noneMatch(String::isEmpty)
                && all.stream().allMatch(each -> Utils.getHost(each) != null && Utils.getPort(each) != null);
    }

    /** Its parser's reasons name what it met, which may be part of a password that lacks its quotes. */
    private static Optional<String> login(String text) {
        try {
            for (var entry : JaasContext.loadClientContext(Map.of(SaslConfigs.SASL_JAAS_CONFIG, new Password(text)))
                    .configurationEntries()) {
                Class.forName(entry.getLoginModuleName(), false, ClientProperties.class.getClassLoader());
            }
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of("<class of a login module> required <option>=\"<value>\" ...;");
        } catch (ClassNotFoundException | LinkageError e) {
            return Optional.of("a login module that is on the class path, in front of 'required'");
        }
    }

    /**
     * What does not go together: by the name at which it shows, or which is missing.
     *
     * @param standing the names of all properties
     * @param sound those of which each may stand
     */
    public static SortedMap<String, String> discords(Set<String> standing, Map<String, String> sound) {
        SortedMap<String, String> found = new TreeMap<>();
        String protocol = standing.contains(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG)
                ? sound.get(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG)
                : SecurityProtocol.PLAINTEXT.name;
        if (protocol != null) {
            boolean isSasl = protocol.toUpperCase(Locale.ROOT).startsWith("SASL_");
            boolean hasLogin = standing.contains(SaslConfigs.SASL_JAAS_CONFIG);
            if (isSasl && !hasLogin && System.getProperty(JaasUtils.JAVA_LOGIN_CONFIG_PARAM) == null) {
                found.put(
                        SaslConfigs.SASL_JAAS_CONFIG,
                        "'sasl.jaas.config' is missing, which security.protocol " + protocol + " needs");
            }
            if (!isSasl && hasLogin) {
                found.put(
                        SaslConfigs.SASL_JAAS_CONFIG,
                        "not used under security.protocol " + protocol + "; it is under SASL_SSL or SASL_PLAINTEXT");
            }
        }
        String mechanism = sound.get(SaslConfigs.SASL_MECHANISM);
        if (mechanism != null
                && !MECHANISMS.contains(mechanism)
                && !standing.contains(SaslConfigs.SASL_CLIENT_CALLBACK_HANDLER_CLASS)) {
            found.put(
                    SaslConfigs.SASL_MECHANISM,
                    "expected one of " + String.join(", ", MECHANISMS)
                            + "; any other needs sasl.client.callback.handler.class");
        }
        return found;
    }
}
