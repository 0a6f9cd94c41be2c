package dev.freshet.kafka;

import dev.freshet.servers.CacheServer;
import dev.freshet.servers.kafka.KafkaBroker;
import java.util.Map;
import java.util.TreeMap;

/**
 * A connector's properties, of the rule {@code product:{id} = {price}}.
 *
 * @param more properties, in place of others of the same name
 */
record SinkConnector(KafkaBroker broker, CacheServer cache, String name, Map<String, String> more) {
    static final String CLASS = "dev.freshet.connector.kafka.connect.FreshetSinkConnector";

    static final String RULES = """
            rules:
              product:
                table: public.product
                put: [{key: "product:{id}", as: string, value: "{price}", ttl: none}]
            """;

    SinkConnector {
        more = Map.copyOf(more);
    }

    SinkConnector with(String property, String value) {
        Map<String, String> all = new TreeMap<>(more);
        all.put(property, value);
        return new SinkConnector(broker, cache, name, all);
    }

    Map<String, String> properties() {
        Map<String, String> all = new TreeMap<>(Map.of(
                "name", name,
                "connector.class", CLASS,
                "tasks.max", "1",
                "topics", name,
                "consumer.override.metadata.max.age.ms", "1000",
                "freshet.rules", RULES,
                "freshet.cache.url", cache.uri().toString()));
        broker.clients().forEach((property, value) -> all.put("freshet.source.kafka." + property, value));
        all.putAll(more);
        return all;
    }
}
