package dev.freshet.connector.schema;

import java.util.Map;

/**
 * A table as it was found.
 *
 * @param bounds which rows each partition holds, as SQL, by its mark; only of those that have rows of their own
 */
public record Seen(Schema schema, Map<String, String> bounds) {
    public Seen {
        bounds = Map.copyOf(bounds);
    }
}
