package dev.freshet.servers.kafka;

import static dev.freshet.servers.Eventually.eventually;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** One topic, as its administrator writes and reads it. Each call makes a client of its own, which costs some 50 ms. */
public record Topic(KafkaBroker broker, String name) {
    private static final Duration TO_BE_READ = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(100);

    /** Sends a record as UTF-8, or a tombstone where the value is null; returns when the broker has it. */
    public void send(String key, @Nullable String value) {
        send(List.of(new ProducerRecord<>(name, bytes(key), value == null ? null : bytes(value))));
    }

    /** Sends records in their order; returns when the broker has them all. */
    public void send(List<ProducerRecord<byte[], byte[]>> records) {
        var configuration = Map.<String, Object>copyOf(broker.clients());
        try (var producer = new KafkaProducer<>(configuration, new ByteArraySerializer(), new ByteArraySerializer())) {
            var answers = records.stream().map(producer::send).toList();
            producer.flush();
            answers.forEach(KafkaBroker::get);
        }
    }

    /** All that the topic holds now, each partition in its order. */
    public List<ConsumerRecord<byte[], byte[]>> records() {
        var records = new ArrayList<ConsumerRecord<byte[], byte[]>>();
        var configuration = Map.<String, Object>copyOf(broker.clients());
        try (var consumer =
                new KafkaConsumer<>(configuration, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(partitions());
            consumer.seekToBeginning(consumer.assignment());
            var ends = consumer.endOffsets(consumer.assignment());
            eventually(TO_BE_READ, () -> {
                consumer.poll(POLL).forEach(records::add);
                ends.forEach((partition, end) -> {
                    if (consumer.position(partition) < end) {
                        throw new AssertionError("%d records of %s so far".formatted(records.size(), name));
                    }
                });
            });
        }
        return records;
    }

    /** The values of {@link #records()} as UTF-8; null for a tombstone. */
    public List<@Nullable String> values() {
        var values = new ArrayList<@Nullable String>();
        for (var each : records()) {
            byte @Nullable [] value = each.value();
            values.add(value == null ? null : new String(value, StandardCharsets.UTF_8));
        }
        return values;
    }

    List<TopicPartition> partitions() {
        try (var admin = broker.admin()) {
            return KafkaBroker.get(admin.describeTopics(List.of(name)).allTopicNames()).values().stream()
                    .flatMap(topic -> topic.partitions().stream())
                    .map(partition -> new TopicPartition(name, partition.partition()))
                    .toList();
        }
    }

    /** What the topic is set to, whether it was said or is the broker's default. */
    String setting(String setting) {
        var resource = new ConfigResource(ConfigResource.Type.TOPIC, name);
        try (var admin = broker.admin()) {
            return KafkaBroker.get(admin.describeConfigs(List.of(resource)).all()).values().stream()
                    .flatMap(config -> config.entries().stream())
                    .filter(entry -> entry.name().equals(setting))
                    .map(ConfigEntry::value)
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
