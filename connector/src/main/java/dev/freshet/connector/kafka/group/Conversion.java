package dev.freshet.connector.kafka.group;

import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.storage.Converter;

/** How bytes of records become values: Connect's converters. */
public sealed interface Conversion {
    /** Why nothing can be converted so; empty where it can. */
    Optional<String> refusal();

    /** JSON, in an envelope with its schema or without; each record may have another. */
    record Json() implements Conversion {
        @Override
        public Optional<String> refusal() {
            return Optional.empty();
        }
    }

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

        @Override
        public Optional<String> refusal() {
            try {
                return Converter.class.isAssignableFrom(Class.forName(type, false, Conversion.class.getClassLoader()))
                        ? Optional.empty()
                        : Optional.of(type + " is no converter of Kafka Connect");
            } catch (ClassNotFoundException | LinkageError e) {
                return Optional.of(type + " is not on the class path; FRESHET_CLASSPATH names more jars");
            }
        }
    }
}
