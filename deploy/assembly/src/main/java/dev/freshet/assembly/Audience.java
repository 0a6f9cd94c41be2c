package dev.freshet.assembly;

import dev.freshet.rules.yaml.Secret;
import dev.freshet.settings.AnnounceSettings;
import dev.freshet.settings.SidecarSettings;
import dev.freshet.settings.SinkSettings;
import java.util.Map;
import java.util.Optional;

/**
 * Who is told what is written, and how they are reached.
 *
 * @param broker properties of clients of the broker whose topics are written; empty where none is known
 * @param announce where others are told of every write
 * @param prefix of the cache's keys and channels
 */
public record Audience(Optional<Map<String, Secret>> broker, Optional<AnnounceSettings> announce, String prefix) {
    public static Audience of(SidecarSettings settings) {
        return new Audience(
                settings.broker(), settings.announce(), settings.cache().prefix());
    }

    public static Audience of(SinkSettings settings) {
        return new Audience(
                Optional.of(settings.broker()),
                settings.announce(),
                settings.cache().prefix());
    }
}
