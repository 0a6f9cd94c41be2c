package dev.freshet.connector.debezium;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.connect.runtime.WorkerConfig;
import org.apache.kafka.connect.storage.MemoryOffsetBackingStore;

/**
 * The engine's own memory of its offset, begun with what the checkpoint says. The checkpoint itself is stored by the
 * pipeline; this is only what the engine reads back to confirm to the database. Made by the engine, by name.
 */
public final class SeededOffsetStore extends MemoryOffsetBackingStore {
    static final String KEY = "freshet.offset.key";
    static final String VALUE = "freshet.offset.value";

    @Override
    public void configure(WorkerConfig config) {
        super.configure(config);
        Map<String, String> all = config.originalsStrings();
        String value = all.get(VALUE);
        if (value != null) {
            data.put(bytes(all.getOrDefault(KEY, "")), bytes(value));
        }
    }

    @Override
    public Set<Map<String, Object>> connectorPartitions(String connectorName) {
        return Set.of();
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }
}
