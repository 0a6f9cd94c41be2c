package dev.freshet.connector.kafka.group;

import dev.freshet.connector.kafka.broker.Subscription;
import dev.freshet.connector.kafka.holding.Start;
import dev.freshet.rules.catalog.Catalog;
import java.time.Duration;
import java.util.Map;

/**
 * What a member of a group has to know.
 *
 * @param group its name
 * @param topics what it reads
 * @param client properties of Kafka's clients, such as {@code bootstrap.servers}
 * @param keys reads records' keys
 * @param values reads records' values
 * @param start where partitions begin that nobody has read in this term
 * @param onUnreadable what becomes of a record that says no change
 * @param catalog of the tables, as far as it is known
 * @param fencesLive for how long something written is surely protected by its fence
 */
public record GroupSettings(
        String group,
        Subscription topics,
        Map<String, String> client,
        Conversion keys,
        Conversion values,
        Start start,
        OnUnreadable onUnreadable,
        Catalog catalog,
        Duration fencesLive) {
    public GroupSettings {
        client = Map.copyOf(client);
    }

    /** What becomes of a record that says no change. */
    public enum OnUnreadable {
        /** Nothing is read behind it. */
        STOP,
        /** It becomes a dead letter. */
        SKIP
    }
}
