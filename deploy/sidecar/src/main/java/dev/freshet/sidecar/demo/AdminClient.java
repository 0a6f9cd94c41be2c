package dev.freshet.sidecar.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/** Asks a running Freshet over HTTP. */
final class AdminClient {
    private static final Duration LIMIT = Duration.ofSeconds(2);

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(LIMIT).build();
    private final int port;

    AdminClient(int port) {
        this.port = port;
    }

    int port() {
        return port;
    }

    boolean isReady() throws InterruptedException {
        return get("/health/ready").isPresent();
    }

    /** Its metrics as Prometheus reads them; empty where it does not answer. */
    Optional<String> metrics() throws InterruptedException {
        return get("/metrics");
    }

    /** The body of a 200. */
    private Optional<String> get(String path) throws InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d%s".formatted(port, path)))
                .timeout(LIMIT)
                .build();
        try {
            var response = client.send(request, HttpResponse.BodyHandlers.ofString());
            return response.statusCode() == 200 ? Optional.of(response.body()) : Optional.empty();
        } catch (IOException notThere) {
            return Optional.empty();
        }
    }
}
