package dev.freshet.assembly;

import dev.freshet.connector.kafka.producer.KafkaCourier;
import dev.freshet.message.Courier;
import dev.freshet.rules.yaml.Secret;
import dev.freshet.settings.AnnounceSettings;
import dev.freshet.write.Writer;
import dev.freshet.write.announce.Announcements;
import dev.freshet.write.announce.AnnouncingWriter;
import dev.freshet.write.announce.TopicWriter;
import dev.freshet.write.valkey.ChannelCourier;
import dev.freshet.write.valkey.ValkeyConnection;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Those who tell others what is written.
 *
 * @param broker empty where none is known
 * @param channels of the cache
 */
public record Couriers(Optional<Courier> broker, Courier channels, Optional<AnnounceSettings> announce, String prefix)
        implements AutoCloseable {
    /**
     * Connects to nothing yet.
     *
     * @param answered is run when the broker has answered somebody who waited, on that thread
     */
    public static Couriers of(Audience audience, ValkeyConnection cache, Runnable answered) {
        return new Couriers(
                audience.broker().map(properties -> new KafkaCourier(revealed(properties), answered)),
                new ChannelCourier(cache),
                audience.announce(),
                audience.prefix());
    }

    private static Map<String, String> revealed(Map<String, Secret> properties) {
        return properties.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, each -> each.getValue().reveal()));
    }

    /** A writer that tells what this one writes, and what rules publish to topics. */
    public Writer around(Writer writer) {
        Writer announcing = announce.map(where -> announcing(writer, where)).orElse(writer);
        return broker.<Writer>map(topics -> new TopicWriter(announcing, topics)).orElse(announcing);
    }

    private Writer announcing(Writer writer, AnnounceSettings where) {
        return switch (where) {
            case AnnounceSettings.Topic(String name) ->
                new AnnouncingWriter(
                        writer,
                        broker.orElseThrow(() -> new IllegalStateException("a topic, and no broker")),
                        new Announcements(name, prefix));
            case AnnounceSettings.Channel(String name) ->
                new AnnouncingWriter(writer, channels, new Announcements(prefix + name, prefix));
        };
    }

    @Override
    public void close() {
        broker.ifPresent(Courier::close);
    }
}
