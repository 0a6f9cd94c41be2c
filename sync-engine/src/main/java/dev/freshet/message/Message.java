package dev.freshet.message;

import dev.freshet.rules.expression.JsonValue;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Something told to others.
 *
 * @param body what is told
 * @param headers what stands beside it, where the place has room for such; in this order
 */
public record Message(Address to, JsonValue body, Map<String, String> headers) {
    public Message {
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    }
}
