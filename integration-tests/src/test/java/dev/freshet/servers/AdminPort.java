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
        return get("/health/ready");
    }

    /**
     * What a number without labels is now.
     *
     * @throws IOException where nobody answers, or there is no such number
     */
    public double metric(String name) throws IOException, InterruptedException {
        return get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .findFirst()
                .orElseThrow(() -> new IOException("there is no " + name));
    }

    /** The whole page. */
    public String metrics() throws IOException, InterruptedException {
        return get("/metrics").body();
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                    HttpRequest.newBuilder(URI.create("http://" + address() + path))
                            .timeout(TO_ANSWER)
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }
}
