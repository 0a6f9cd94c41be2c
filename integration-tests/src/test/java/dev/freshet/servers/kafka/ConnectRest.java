package dev.freshet.servers.kafka;

import static dev.freshet.servers.Eventually.eventually;
import static dev.freshet.servers.Eventually.eventuallyGet;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.freshet.servers.Eventually;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Connectors of a worker, by its REST interface. */
public final class ConnectRest implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration TO_ANSWER = Duration.ofSeconds(30);
    private static final int CONFLICT = 409;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI uri;

    ConnectRest(URI uri) {
        this.uri = uri;
    }

    /** What a worker says that does not do what it was asked for. */
    public static final class RefusedException extends RuntimeException {
        private final int status;

        RefusedException(int status, String message) {
            super(message);
            this.status = status;
        }

        /** The HTTP status: 404 for a connector that is not there, 400 for a configuration that is not valid. */
        public int status() {
            return status;
        }
    }

    /** Creates a connector, or gives it another configuration. */
    public JsonNode put(String connector, Map<String, String> config) {
        return ask("PUT", "/connectors/%s/config".formatted(connector), config);
    }

    /**
     * What the plugin says of a configuration, without a connector being made.
     *
     * @param plugin the class's name
     * @return how many errors there are, and each setting with its own
     */
    public JsonNode validate(String plugin, Map<String, String> config) {
        var all = new TreeMap<>(config);
        all.putIfAbsent("connector.class", plugin);
        return ask("PUT", "/connector-plugins/%s/config/validate".formatted(plugin), all);
    }

    /** What {@link #validate} finds wrong, a line {@code setting: error} for each. */
    public List<String> errors(String plugin, Map<String, String> config) {
        var errors = new ArrayList<String>();
        for (var setting : validate(plugin, config).path("configs")) {
            for (var error : setting.path("value").path("errors")) {
                errors.add("%s: %s".formatted(setting.path("value").path("name").asText(), error.asText()));
            }
        }
        return errors;
    }

    /** Their names. */
    public List<String> connectors() {
        var names = new ArrayList<String>();
        ask("GET", "/connectors", null).forEach(each -> names.add(each.asText()));
        return names;
    }

    public JsonNode status(String connector) {
        return ask("GET", "/connectors/%s/status".formatted(connector), null);
    }

    /** Waits until the connector and at least one task of it run; one that fails is not waited for. */
    public void awaitRunning(String connector, Duration deadline) {
        eventually(deadline, () -> {
            var status = statusIfThere(connector);
            if (status.toString().contains("\"FAILED\"")) {
                throw new Eventually.HopelessException(status.toPrettyString());
            }
            boolean runs = status.at("/connector/state").asText().equals("RUNNING")
                    && !status.path("tasks").isEmpty();
            for (var task : status.path("tasks")) {
                runs &= task.path("state").asText().equals("RUNNING");
            }
            if (!runs) {
                throw new AssertionError(status.toString());
            }
        });
    }

    /** A new connector's status is written some time after the connector was accepted. */
    private JsonNode statusIfThere(String connector) {
        try {
            return status(connector);
        } catch (RefusedException e) {
            throw new AssertionError(e);
        }
    }

    public void pause(String connector) {
        ask("PUT", "/connectors/%s/pause".formatted(connector), null);
    }

    /** Ends the connector's tasks and keeps its configuration; without tasks its offsets can be changed. */
    public void stop(String connector) {
        ask("PUT", "/connectors/%s/stop".formatted(connector), null);
    }

    public void resume(String connector) {
        ask("PUT", "/connectors/%s/resume".formatted(connector), null);
    }

    /** Restarts the connector and its tasks. */
    public void restart(String connector) {
        ask("POST", "/connectors/%s/restart?includeTasks=true".formatted(connector), null);
    }

    public void delete(String connector) {
        ask("DELETE", "/connectors/" + connector, null);
    }

    /** How far the connector has come, as it has committed it. */
    public JsonNode offsets(String connector) {
        return ask("GET", "/connectors/%s/offsets".formatted(connector), null);
    }

    /** Every connector, converter and transformation, {@code class} and {@code version} of each. */
    public JsonNode plugins() {
        return ask("GET", "/connector-plugins?connectorsOnly=false", null);
    }

    /**
     * Any other request. One that meets a worker while work is being handed round is sent again.
     *
     * @param path with its query, {@code /connectors/shop/topics}
     * @param body what Jackson can write, or null for none
     * @throws RefusedException where the worker's answer is no success
     * @throws UncheckedIOException where nobody answers
     */
    public JsonNode ask(String method, String path, @Nullable Object body) {
        var answer = send(method, path, body);
        return read(answer.statusCode() == CONFLICT ? again(method, path, body) : answer);
    }

    private HttpResponse<String> again(String method, String path, @Nullable Object body) {
        return eventuallyGet(TO_ANSWER, () -> {
            var answer = send(method, path, body);
            if (answer.statusCode() == CONFLICT) {
                throw new AssertionError(answer.body());
            }
            return answer;
        });
    }

    private HttpResponse<String> send(String method, String path, @Nullable Object body) {
        try {
            var content = body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body));
            var request = HttpRequest.newBuilder(uri.resolve(path))
                    .timeout(TO_ANSWER)
                    .header("Content-Type", "application/json")
                    .method(method, content)
                    .build();
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted during %s %s".formatted(method, path), e);
        }
    }

    private static JsonNode read(HttpResponse<String> answer) {
        if (answer.statusCode() >= 300) {
            throw new RefusedException(
                    answer.statusCode(), "%s: %d %s".formatted(answer.request(), answer.statusCode(), answer.body()));
        }
        if (answer.body().isEmpty()) {
            return NullNode.getInstance();
        }
        try {
            return JSON.readTree(answer.body());
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
