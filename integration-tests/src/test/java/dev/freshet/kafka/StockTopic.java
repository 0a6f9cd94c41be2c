package dev.freshet.kafka;

import dev.freshet.servers.kafka.KafkaBroker;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A topic of updates of a table {@code public.stock} of six columns under {@code replica identity full}, each a transaction, written as
 * Debezium's connector for PostgreSQL does under JSON without schemas: some 900 bytes a change. Used by one thread.
 */
final class StockTopic implements AutoCloseable {
    /** Beside a file of rules of the table. */
    static final String SCHEMA = """
            {"tables": [{"table": "public.stock", "columns": [
              {"name": "id", "type": "integer", "kind": "integer", "toastable": false},
              {"name": "name", "type": "text", "kind": "text", "toastable": true},
              {"name": "price", "type": "numeric", "kind": "decimal", "toastable": false},
              {"name": "quantity", "type": "integer", "kind": "integer", "toastable": false},
              {"name": "is_listed", "type": "boolean", "kind": "boolean", "toastable": false},
              {"name": "changed_at", "type": "timestamp with time zone", "kind": "other", "toastable": false}],
              "keys": [["id"]], "old_row": "everything"}]}
            """;

    private final String name;
    private final int rows;
    private final KafkaProducer<byte[], byte[]> producer;
    private int changes;

    StockTopic(KafkaBroker broker, String name, int rows) {
        this.name = name;
        this.rows = rows;
        Map<String, Object> properties = new HashMap<>(broker.clients());
        properties.put("linger.ms", "5");
        properties.put("batch.size", "131072");
        properties.put("max.in.flight.requests.per.connection", "1");
        this.producer = new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** So many updates more, row after row. */
    void change(int count) {
        for (int i = 0; i < count; i++) {
            int id = 1 + changes % rows;
            int round = changes / rows;
            Future<RecordMetadata> unused =
                    producer.send(new ProducerRecord<>(name, bytes("{\"id\":" + id + "}"), bytes(update(id, round))));
            changes++;
        }
    }

    /** Which row an update made last, and what its column {@code quantity} has. */
    int quantity(int id) {
        int whole = changes / rows;
        return id <= changes % rows ? whole + 1 : whole;
    }

    private String update(int id, int round) {
        long lsn = 1_000_000L + 96L * changes;
        long millis = System.currentTimeMillis();
        return "{\"before\":" + image(id, round) + ",\"after\":" + image(id, round + 1)
                + ",\"source\":{\"version\":\"3.5.0.Final\",\"connector\":\"postgresql\",\"name\":\"shop\",\"ts_ms\":"
                + millis
                + ",\"snapshot\":\"false\",\"db\":\"shop\",\"sequence\":\"[\\\"" + (lsn - 48) + "\\\",\\\"" + lsn
                + "\\\"]\",\"ts_us\":" + millis + "000,\"ts_ns\":" + millis
                + "000000,\"schema\":\"public\",\"table\":\"stock\",\"txId\":" + (700 + changes) + ",\"lsn\":" + lsn
                + ",\"xmin\":null},\"transaction\":null,\"op\":\"u\",\"ts_ms\":" + millis + ",\"ts_us\":" + millis
                + "000,\"ts_ns\":" + millis + "000000}";
    }

    private static String image(int id, int quantity) {
        return "{\"id\":" + id + ",\"name\":\"A product of the shop with number " + id + "\",\"price\":\"" + id % 100
                + ".95\",\"quantity\":" + quantity
                + ",\"is_listed\":true,\"changed_at\":\"2026-11-01T08:15:00.123456Z\"}";
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Returns when the broker has it all. */
    void flush() {
        producer.flush();
    }

    @Override
    public void close() {
        producer.close();
    }
}
