package dev.freshet.servers.kafka;

import java.nio.file.Path;

/** A plugin of Kafka Connect. */
public enum Plugin {
    DEBEZIUM_POSTGRES(KafkaFiles.DEBEZIUM),

    /** Converters for a {@link SchemaRegistry}. */
    APICURIO_CONVERTERS(KafkaFiles.CONVERTERS),

    /** Freshet's own. */
    FRESHET(KafkaFiles.FRESHET);

    private final KafkaFiles files;

    Plugin(KafkaFiles files) {
        this.files = files;
    }

    /** For a worker's {@code plugin.path}: the plugin is a directory in this one. */
    public Path path() {
        return files.path();
    }
}
