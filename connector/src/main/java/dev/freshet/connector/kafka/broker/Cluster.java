package dev.freshet.connector.kafka.broker;

import dev.freshet.pipeline.SourceLostException;
import dev.freshet.pipeline.Topics;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Brokers, for questions. Safe for use by several threads. Every question throws {@link SourceLostException} where they cannot be
 * reached or refuse. After one that nobody answered in time the next is asked by a client that begins again from the properties: all
 * brokers that the last one knew may have been replaced.
 */
public final class Cluster implements AutoCloseable {
    private static final String TO_ANSWER_MILLIS = "20000";

    private final Properties properties = new Properties();
    private @Nullable Admin current;
    private boolean isClosed;

    /**
     * Connects when it is asked first.
     *
     * @param client properties of Kafka's clients
     */
    public Cluster(Map<String, String> client) {
        // Else a client whose brokers are away begins again without a pause, and logs it each time.
        properties.put(CommonClientConfigs.METADATA_RECOVERY_STRATEGY_CONFIG, "none");
        properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TO_ANSWER_MILLIS);
        properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, TO_ANSWER_MILLIS);
        properties.putAll(client);
    }

    /** @throws SourceLostException where no client can be made of the properties, say because the name of no broker is known */
    private synchronized Admin admin() throws SourceLostException {
        if (isClosed) {
            throw new SourceLostException("this member ends: brokers are not asked any more");
        }
        if (current == null) {
            try {
                current = Admin.create(properties);
            } catch (KafkaException e) {
                throw new SourceLostException(Broker.reason(e), e);
            }
        }
        return current;
    }

    /** Those that there are, with what tells them from others of the same name. */
    public Topics topics(Subscription wanted) throws SourceLostException, InterruptedException {
        Admin admin = admin();
        List<String> names = switch (wanted) {
            case Subscription.Named(List<String> topics) -> topics;
            case Subscription.Matching matching ->
                answer(admin, admin.listTopics().names()).stream()
                        .filter(matching::has)
                        .toList();
        };
        Map<String, String> ids = new HashMap<>();
        for (Map.Entry<String, KafkaFuture<TopicDescription>> each :
                admin.describeTopics(names).topicNameValues().entrySet()) {
            try {
                ids.put(each.getKey(), answer(admin, each.getValue()).topicId().toString());
            } catch (SourceLostException e) {
                throw new SourceLostException("the topic " + each.getKey() + ": " + e.getMessage(), e);
            }
        }
        return new Topics(ids);
    }

    /** What a group has stored of some partitions; of others it has stored nothing. */
    public Map<TopicPartition, OffsetAndMetadata> stored(String group, Collection<TopicPartition> partitions)
            throws SourceLostException, InterruptedException {
        Admin admin = admin();
        return withoutNulls(answer(admin, askStored(admin, group, partitions)));
    }

    /**
     * The same for those who cannot wait; {@code told} runs once, on this thread or one of the client's, with nothing where nobody
     * answered.
     */
    public void stored(
            String group,
            Collection<TopicPartition> partitions,
            Consumer<Optional<Map<TopicPartition, OffsetAndMetadata>>> told) {
        try {
            Admin admin = admin();
            var unused = askStored(admin, group, partitions).whenComplete((answer, failure) -> {
                if (failure != null) {
                    failed(admin, failure);
                }
                told.accept(failure == null ? Optional.of(withoutNulls(answer)) : Optional.empty());
            });
        } catch (SourceLostException e) {
            told.accept(Optional.empty());
        }
    }

    private static KafkaFuture<Map<TopicPartition, OffsetAndMetadata>> askStored(
            Admin admin, String group, Collection<TopicPartition> partitions) {
        return admin.listConsumerGroupOffsets(
                        Map.of(group, new ListConsumerGroupOffsetsSpec().topicPartitions(partitions)),
                        new ListConsumerGroupOffsetsOptions())
                .partitionsToOffsetAndMetadata(group);
    }

    private static Map<TopicPartition, OffsetAndMetadata> withoutNulls(Map<TopicPartition, OffsetAndMetadata> all) {
        Map<TopicPartition, OffsetAndMetadata> stored = new HashMap<>(all);
        stored.values().removeIf(position -> position == null);
        return stored;
    }

    /** The offset of the first record that is there, of each. */
    public Map<TopicPartition, Long> beginnings(Collection<TopicPartition> partitions)
            throws SourceLostException, InterruptedException {
        return offsets(partitions, OffsetSpec.earliest());
    }

    /** The offset behind the last record that is committed, of each. */
    public Map<TopicPartition, Long> ends(Collection<TopicPartition> partitions)
            throws SourceLostException, InterruptedException {
        return offsets(partitions, OffsetSpec.latest());
    }

    private Map<TopicPartition, Long> offsets(Collection<TopicPartition> partitions, OffsetSpec at)
            throws SourceLostException, InterruptedException {
        Map<TopicPartition, OffsetSpec> asked =
                partitions.stream().distinct().collect(Collectors.toMap(Function.identity(), each -> at));
        Admin admin = admin();
        Map<TopicPartition, Long> offsets = new HashMap<>();
        for (Map.Entry<TopicPartition, ListOffsetsResultInfo> each : answer(
                        admin,
                        admin.listOffsets(asked, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                                .all())
                .entrySet()) {
            offsets.put(each.getKey(), each.getValue().offset());
        }
        return offsets;
    }

    private <T> T answer(Admin asked, KafkaFuture<T> future) throws SourceLostException, InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            failed(asked, e.getCause());
            throw new SourceLostException(Broker.reason(e.getCause()), e);
        }
    }

    private void failed(Admin asked, @Nullable Throwable why) {
        if (why instanceof TimeoutException && isForgotten(asked)) {
            endApart(asked);
        }
    }

    @SuppressWarnings("ReferenceEquality") // this client, and not the one that took its place
    private synchronized boolean isForgotten(Admin asked) {
        boolean isCurrent = current == asked;
        current = isCurrent ? null : current;
        return isCurrent;
    }

    /** What is asked at this moment is not answered. */
    @Override
    public void close() {
        Admin last;
        synchronized (this) {
            isClosed = true;
            last = current;
            current = null;
        }
        if (last != null) {
            endApart(last);
        }
    }

    /** Closing waits for the client's own thread, which may look up names of hosts for long, or be the one that tells of a failure. */
    private static void endApart(Admin admin) {
        Thread.ofVirtual().start(() -> admin.close(Duration.ZERO));
    }
}
