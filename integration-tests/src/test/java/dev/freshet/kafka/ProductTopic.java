package dev.freshet.kafka;

import dev.freshet.servers.kafka.KafkaBroker;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * The topic of a table {@code public.product} with the columns {@code id} and {@code price}, written as Debezium's connector for
 * PostgreSQL does under JSON without schemas: each change a transaction, in the order of calls. Used by one thread; the rows may be
 * read by any.
 */
final class ProductTopic implements AutoCloseable {
    private final String name;
    private final Map<String, Object> properties;
    private final Map<Integer, Long> rows = new ConcurrentHashMap<>();
    private KafkaProducer<byte[], byte[]> producer;
    private final Map<Integer, Long> positions = new ConcurrentHashMap<>();
    private long lsn = 1_000;
    private long commit = 900;
    private Duration passed = Duration.ZERO;

    ProductTopic(KafkaBroker broker, String name) {
        this.name = name;
        this.properties = new HashMap<>(broker.clients());
        properties.put("linger.ms", "2");
        // A broker that does not know a new topic yet refuses the first batch, takes the second, and then never the
        // first.
        properties.put("max.in.flight.requests.per.connection", "1");
        this.producer = producer(properties);
    }

    private static KafkaProducer<byte[], byte[]> producer(Map<String, Object> properties) {
        return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** The rows as they are, by id. */
    Map<Integer, Long> rows() {
        return new TreeMap<>(rows);
    }

    /** The position in the database's log of the last change of each row, by id; of deleted ones too. */
    Map<Integer, Long> positions() {
        return new TreeMap<>(positions);
    }

    void price(int id, long price) {
        Long before = rows.put(id, price);
        send(id, before == null ? "c" : "u", image(id, before), image(id, price));
    }

    void delete(int id) {
        Long before = rows.remove(id);
        send(id, "d", image(id, before), "null");
    }

    /** The database is another one from now on, whose log is young: positions begin anew, and so much time has passed. */
    void restoredLater(Duration time) {
        lsn = 1_000;
        commit = 900;
        passed = passed.plus(time);
    }

    /** The topic is another one of the same name, and nothing is in it: an earlier producer's numbers are not of it. */
    void madeAgain() {
        renew();
        rows.clear();
    }

    /** What a producer knows of the topic it learns anew: another number of partitions. */
    void renew() {
        producer.close();
        producer = producer(properties);
    }

    private long millis() {
        return System.currentTimeMillis() + passed.toMillis();
    }

    private static String image(int id, @Nullable Long price) {
        return price == null ? "null" : "{\"id\":%d,\"price\":%d}".formatted(id, price);
    }

    private void send(int id, String operation, String before, String after) {
        lsn += 8;
        positions.put(id, lsn);
        String value = """
                {"before":%s,"after":%s,"source":{"version":"3.5.0.Final","connector":"postgresql","name":"shop","ts_ms":%d,\
                "snapshot":"false","db":"shop","sequence":"[\\"%d\\",\\"%d\\"]","ts_us":%d,"schema":"public","table":"product",\
                "txId":%d,"lsn":%d},"op":"%s","ts_ms":%d}""".formatted(
                        before, after, millis(), commit, lsn, millis() * 1_000, lsn / 8, lsn, operation, millis());
        commit = lsn + 4;
        send(new ProducerRecord<>(name, bytes("{\"id\":" + id + "}"), bytes(value)));
        if (operation.equals("d")) {
            send(new ProducerRecord<>(name, bytes("{\"id\":" + id + "}"), null));
        }
    }

    /** Any other record. */
    void raw(String key, String value) throws ExecutionException, InterruptedException {
        producer.send(new ProducerRecord<>(name, bytes(key), bytes(value))).get();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** What the broker does not take is missed by whoever compares rows. */
    private void send(ProducerRecord<byte[], byte[]> record) {
        Future<RecordMetadata> unused = producer.send(record);
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
