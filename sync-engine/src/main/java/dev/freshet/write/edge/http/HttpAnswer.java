package dev.freshet.write.edge.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.http.HttpHeaders;
import java.util.Optional;

/**
 * What a server answered.
 *
 * @param host of the server, for reasons
 * @param body the first half MB of it, as UTF-8
 */
public record HttpAnswer(String host, int status, HttpHeaders headers, String body) {
    private static final int LONGEST_EXCERPT = 200;
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    public Optional<String> header(String name) {
        return headers.firstValue(name);
    }

    /** The object that the body is; empty where it is none. */
    public Optional<JsonNode> json() {
        try {
            return Optional.ofNullable(JSON.readTree(body)).filter(JsonNode::isObject);
        } catch (JsonProcessingException broken) {
            return Optional.empty();
        }
    }

    /** What it says, on one line, for a reason: {@code api.fastly.com answered 400: Bad request}. */
    public String says() {
        return says(body);
    }

    /** The same with a text that was found in it. */
    public String says(String text) {
        String line = text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        String excerpt = line.length() > LONGEST_EXCERPT ? line.substring(0, LONGEST_EXCERPT) : line;
        return host + " answered " + status + (excerpt.isEmpty() ? "" : ": " + excerpt);
    }

    /** The status alone: what else there is repeats what was sent. */
    @Override
    public String toString() {
        return host + " answered " + status;
    }
}
