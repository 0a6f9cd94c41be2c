package dev.freshet.servers.kafka;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the build's modules {@code kafka}, {@code apicurio} and {@code deploy/connect} lay out. */
enum KafkaFiles {
    CLASS_PATH("kafka/target/class-path"),
    DEBEZIUM("kafka/target/plugins"),
    CONVERTERS("apicurio/target/plugins"),
    FRESHET("../deploy/connect/target/plugins"),
    REGISTRY("apicurio/target/registry/quarkus-run.jar");

    private final Path path;

    KafkaFiles(String path) {
        this.path = Path.of(path).toAbsolutePath().normalize();
    }

    Path path() {
        if (!Files.exists(path)) {
            throw new IllegalStateException(
                    "there is no %s; 'mvn package -pl integration-tests -am' makes it".formatted(path));
        }
        return path;
    }

    String text() {
        try {
            return Files.readString(path()).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
