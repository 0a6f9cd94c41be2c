package dev.freshet.settings;

import dev.freshet.rules.yaml.Kind;
import dev.freshet.rules.yaml.Section;
import java.util.Optional;

/** Where others are told of every write: {@code announce}. */
public sealed interface AnnounceSettings {
    /** A topic of the broker. */
    record Topic(String name) implements AnnounceSettings {
        public Topic {
            Require.that(KafkaSettings.TOPIC.matcher(name).matches(), "a topic's name has letters, digits, . _ -");
        }
    }

    /** A channel of the cache; its prefix stands before the name. */
    record Channel(String name) implements AnnounceSettings {
        public Channel {
            Require.that(!name.isEmpty(), "a channel has a name");
        }
    }

    /** Empty where something is wrong, which is reported. */
    static Optional<AnnounceSettings> read(Section announce) {
        announce.oneOf("topic", "channel");
        Optional<String> topic = announce.optional("topic", KafkaSettings.TOPIC_NAME);
        Optional<String> channel = announce.optional("channel", Kind.TEXT);
        announce.finish();
        return announce.ifSound(
                () -> topic.<AnnounceSettings>map(Topic::new).orElseGet(() -> new Channel(channel.orElseThrow())));
    }
}
