package dev.freshet.connector.kafka.connect;

import java.util.Optional;

/** Which release this is, as the jar's manifest says it. */
final class PluginVersion {
    private PluginVersion() {}

    static String text() {
        return Optional.ofNullable(PluginVersion.class.getPackage().getImplementationVersion())
                .orElse("development");
    }
}
