package dev.freshet.connector.kafka.broker;

import java.util.List;
import java.util.regex.Pattern;

/** Which topics are read. */
public sealed interface Subscription {
    boolean has(String topic);

    /** These. */
    record Named(List<String> topics) implements Subscription {
        public Named {
            topics = List.copyOf(topics);
        }

        @Override
        public boolean has(String topic) {
            return topics.contains(topic);
        }
    }

    /** All whose whole name matches, those of the future too. */
    record Matching(Pattern pattern) implements Subscription {
        @Override
        public boolean has(String topic) {
            return pattern.matcher(topic).matches();
        }
    }
}
