package dev.freshet.connector.kafka.group;

import java.util.Map;

/** How bytes of records become values: Connect's converters. */
public sealed interface Conversion {
    /** JSON, in an envelope with its schema or without; each record may have another. */
    record Json() implements Conversion {}

    /**
     * A converter of the class path.
     *
     * @param type its class
     * @param properties of its own
     */
    record ByClass(String type, Map<String, String> properties) implements Conversion {
        public ByClass {
            properties = Map.copyOf(properties);
        }
    }
}
