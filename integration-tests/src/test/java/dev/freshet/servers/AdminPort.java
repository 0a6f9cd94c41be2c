package dev.freshet.servers;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Where a sidecar tells of its health. */
public record AdminPort(int port) {
    private static final Duration TO_ANSWER = Duration.ofSeconds(2);

    /** On the loopback, as a file's {@code admin.listen}. */
    public String address() {
        return "127.0.0.1:" + port;
    }

    /** Whether changes flow, and why not. */
    public HttpResponse<String> ready() throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                    HttpRequest.newBuilder(URI.create("http://" + address() + "/health/ready"))
                            .timeout(TO_ANSWER)
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }
}
