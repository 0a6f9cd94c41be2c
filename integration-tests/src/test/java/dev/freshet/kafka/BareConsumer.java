package dev.freshet.kafka;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.connect.json.JsonConverter;

/**
 * A process that reads a topic to its end and makes values of its records, as Kafka's own converter does, and nothing of them: what a
 * member is compared with. Arguments: broker, topic, how many records there are, how many of them are not counted. One line tells its
 * rate, and the processor time of a million records.
 */
final class BareConsumer {
    private static final Duration POLL = Duration.ofMillis(100);

    private BareConsumer() {}

    public static void main(String[] arguments) {
        int all = Integer.parseInt(arguments[2]);
        int uncounted = Integer.parseInt(arguments[3]);
        Map<String, Object> client = Map.of(
                "bootstrap.servers",
                arguments[0],
                "group.id",
                "bare-" + ProcessHandle.current().pid(),
                "auto.offset.reset",
                "earliest",
                "enable.auto.commit",
                "false",
                "isolation.level",
                "read_committed",
                "max.poll.records",
                "2000");
        try (JsonConverter keys = converter(true);
                JsonConverter values = converter(false);
                KafkaConsumer<byte[], byte[]> consumer =
                        new KafkaConsumer<>(client, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.subscribe(List.of(arguments[1]));
            int read = 0;
            int before = 0;
            int made = 0;
            long begun = 0;
            long used = 0;
            while (read < all) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    made += keys.toConnectData(record.topic(), record.key()).value() == null ? 0 : 1;
                    made += values.toConnectData(record.topic(), record.value()).value() == null ? 0 : 1;
                    read++;
                }
                if (begun == 0 && read >= uncounted) {
                    before = read;
                    begun = System.nanoTime();
                    used = processorNanos();
                }
            }
            double millions = (read - before) / 1e6;
            System.out.printf(
                    Locale.ROOT,
                    "rate %.0f cpu %.2f made %d%n",
                    millions * 1e15 / (System.nanoTime() - begun),
                    (processorNanos() - used) / 1e9 / millions,
                    made);
        }
    }

    private static long processorNanos() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    private static JsonConverter converter(boolean isKey) {
        JsonConverter converter = new JsonConverter();
        converter.configure(Map.of("schemas.enable", "false"), isKey);
        return converter;
    }
}
