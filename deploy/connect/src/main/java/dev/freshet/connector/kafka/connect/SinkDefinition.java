package dev.freshet.connector.kafka.connect;

import static org.apache.kafka.common.config.ConfigDef.Importance.HIGH;
import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;
import static org.apache.kafka.common.config.ConfigDef.Type.PASSWORD;
import static org.apache.kafka.common.config.ConfigDef.Type.STRING;

import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigDef;
import org.jspecify.annotations.Nullable;

/** Freshet's properties as Connect shows them. None has a default here: an absent one is left to whoever reads settings. */
final class SinkDefinition {
    private record Property(
            String name,
            ConfigDef.Type type,
            ConfigDef.Importance importance,
            String group,
            String label,
            String says) {}

    private static final List<Property> REQUIRED = List.of(
            new Property(
                    SinkProperties.RULES,
                    STRING,
                    HIGH,
                    "Rules",
                    "Rules",
                    "The rules: the path of a YAML file on every worker, or the YAML itself, where it has more than one line or begins with {."),
            new Property(
                    SinkProperties.CACHE_URL,
                    STRING,
                    HIGH,
                    "Cache",
                    "URL",
                    "Where entries go: redis://host:port/number, or rediss:// for TLS."),
            new Property(
                    SinkProperties.BROKERS,
                    STRING,
                    HIGH,
                    "Source",
                    "Brokers",
                    "The brokers that the topics are on. Connect does not tell its plugins when records are gone before they were read, or a"
                            + " topic was made again: Freshet asks. Other properties of the client, such as"
                            + " freshet.source.kafka.sasl.jaas.config, stand beside it."));

    private static final List<Property> OTHERS = List.of(
            new Property(
                    SinkProperties.SCHEMA,
                    STRING,
                    MEDIUM,
                    "Rules",
                    "Tables",
                    "The path of the file that freshet schema makes, which says what columns tables have; schema.json beside the rules'"
                            + " file where this is not given and that is there."),
            new Property(
                    "freshet.cache.user",
                    STRING,
                    MEDIUM,
                    "Cache",
                    "User",
                    "As whom; the server's default user where this is not given."),
            new Property("freshet.cache.password", PASSWORD, MEDIUM, "Cache", "Password", "The user's password."),
            new Property(
                    "freshet.cache.type",
                    STRING,
                    LOW,
                    "Cache",
                    "Type",
                    "valkey, redis or dragonfly; they speak one protocol."),
            new Property("freshet.cache.prefix", STRING, LOW, "Cache", "Prefix", "Put before every key."),
            new Property(
                    "freshet.fence.window",
                    STRING,
                    LOW,
                    "Cache",
                    "Window of fences",
                    "How long the version of a removed entry is kept, such as 15m."),
            new Property(
                    "freshet.announce.topic",
                    STRING,
                    LOW,
                    "Telling others",
                    "Topic",
                    "A topic that every applied write is told to."),
            new Property(
                    "freshet.announce.channel",
                    STRING,
                    LOW,
                    "Telling others",
                    "Channel",
                    "A channel of the cache that every applied write is told to."),
            new Property(
                    "freshet.source.start",
                    STRING,
                    MEDIUM,
                    "Source",
                    "Start",
                    "Where partitions begin that were never read: beginning, or end."),
            new Property(
                    "freshet.source.on_gap",
                    STRING,
                    MEDIUM,
                    "Source",
                    "On a gap",
                    "Where records are gone that were not done: resync, or stop."));

    static final ConfigDef ALL = all();

    private SinkDefinition() {}

    /** The names of those that have to be said. */
    static Stream<String> required() {
        return REQUIRED.stream().map(Property::name);
    }

    private static ConfigDef all() {
        ConfigDef all = new ConfigDef();
        REQUIRED.forEach(each -> define(each, ConfigDef.NO_DEFAULT_VALUE, all));
        OTHERS.forEach(each -> define(each, null, all));
        return all;
    }

    private static void define(Property property, @Nullable Object absent, ConfigDef all) {
        all.define(
                property.name(),
                property.type(),
                absent,
                property.importance(),
                property.says(),
                property.group(),
                all.names().size(),
                ConfigDef.Width.LONG,
                property.label());
    }
}
