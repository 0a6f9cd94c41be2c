package dev.freshet.servers.kafka;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.servers.local.ProcessServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Apicurio Registry with its schemas in memory: it forgets them when it ends. */
public final class SchemaRegistry extends ProcessServer {
    private static final Duration TO_ANSWER = Duration.ofSeconds(5);
    private static final ObjectMapper JSON = new ObjectMapper();

    private SchemaRegistry() {
        super("registry");
    }

    public static SchemaRegistry create() {
        var registry = new SchemaRegistry();
        try {
            registry.start();
            return registry;
        } catch (RuntimeException | Error e) {
            registry.close();
            throw e;
        }
    }

    /** What {@link Plugin#APICURIO_CONVERTERS} have as {@code apicurio.registry.url}. */
    public URI uri() {
        return URI.create("http://%s:%d/apis/registry/v2".formatted(host(), port()));
    }

    /** The same schemas, as clients of Confluent's registry ask for them. */
    public URI confluent() {
        return URI.create("http://%s:%d/apis/ccompat/v7".formatted(host(), port()));
    }

    /** What it has schemas of, {@code <topic>-key} and {@code <topic>-value}. */
    public List<String> subjects() {
        try {
            return JSON.readValue(get(confluent() + "/subjects"), new TypeReference<>() {});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String get(String uri) throws IOException {
        var request = HttpRequest.newBuilder(URI.create(uri)).timeout(TO_ANSWER).build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            var answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IOException("%s: %d %s".formatted(uri, answer.statusCode(), answer.body()));
            }
            return answer.body();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while %s was asked for".formatted(uri), e);
        }
    }

    @Override
    public void start() {
        process.start(command(), () -> get(uri() + "/system/info"));
    }

    private List<String> command() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx384m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:+ExitOnOutOfMemoryError",
                "-Dquarkus.http.host=" + host(),
                "-Dquarkus.http.port=" + port(),
                "-jar",
                KafkaFiles.REGISTRY.path().toString());
    }
}
