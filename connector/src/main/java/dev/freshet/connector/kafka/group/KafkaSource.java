package dev.freshet.connector.kafka.group;

import dev.freshet.checkpoint.Positions;
import dev.freshet.connector.kafka.record.TopicReader;
import dev.freshet.pipeline.GroupSource;
import dev.freshet.pipeline.GroupSources.GapException;
import dev.freshet.pipeline.Share;
import dev.freshet.pipeline.SourceLostException;
import dev.freshet.pipeline.Term;
import dev.freshet.pipeline.WrittenBefore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * One membership of the group. Its thread, {@code freshet-poll}, converts what it polls and hands it over; as long as that is not
 * taken it polls with its partitions paused. Once it fails the membership is over.
 */
final class KafkaSource implements GroupSource {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration TO_LEAVE = Duration.ofSeconds(10);
    private static final String RECORDS_A_POLL = "2000";

    /** So long it may take until members hear that one of them is gone, beyond its session. */
    private static final String HEARTBEAT_MILLIS = "1000";

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Subscription topics;
    private final Holdings holdings;
    private final ShareReader reader;
    private final BlockingQueue<Share> handedOver = new ArrayBlockingQueue<>(1);
    private final AtomicReference<Positions> toStore = new AtomicReference<>(Positions.NONE);
    private final AtomicReference<Positions> stored = new AtomicReference<>(Positions.NONE);
    private final AtomicReference<@Nullable Exception> ended = new AtomicReference<>();
    private final Thread thread;
    private volatile boolean closing;

    KafkaSource(GroupSettings settings, Term term, WrittenBefore writtenBefore, InstantSource clock) {
        this.consumer = new KafkaConsumer<>(properties(settings));
        this.topics = settings.topics();
        TopicReader records = new TopicReader(settings.catalog(), term.epoch());
        this.holdings = new Holdings(consumer, settings, term, records, writtenBefore, clock);
        this.reader = new ShareReader(settings, records, holdings);
        this.thread = new Thread(this::work, "freshet-poll");
        thread.setDaemon(true);
        thread.start();
    }

    private static Map<String, Object> properties(GroupSettings settings) {
        Map<String, Object> properties = new HashMap<>();
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, RECORDS_A_POLL);
        properties.putAll(settings.client());
        properties.put(ConsumerConfig.GROUP_ID_CONFIG, settings.group());
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        // A topic that was deleted is somebody's to make again, with the partitions and the cleanup that it should
        // have.
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        properties.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        if (!"consumer".equals(settings.client().get(ConsumerConfig.GROUP_PROTOCOL_CONFIG))) {
            properties.putIfAbsent(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, HEARTBEAT_MILLIS);
            properties.putIfAbsent(
                    ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, CooperativeStickyAssignor.class.getName());
        }
        return properties;
    }

    private void work() {
        try {
            subscribe();
            Optional<Share> share = Optional.empty();
            while (!closing) {
                store();
                if (share.isPresent() && handedOver.offer(share.get())) {
                    share = Optional.empty();
                }
                share = share.isPresent() ? stay(share.get()) : next();
            }
        } catch (OffsetOutOfRangeException e) {
            ended.set(new GapException("records that were not done are gone from " + e.partitions()
                    + ": retention has passed them, or the topic was made again"));
        } catch (SourceLostException e) {
            ended.set(e);
        } catch (RuntimeException e) {
            ended.set(new SourceLostException(Broker.reason(e), e));
        } finally {
            leave();
        }
    }

    private void subscribe() {
        switch (topics) {
            case Subscription.Named named -> consumer.subscribe(named.topics(), holdings);
            case Subscription.Matching matching -> consumer.subscribe(matching.pattern(), holdings);
        }
    }

    /** Keeps the place in the group while nobody takes what was read. */
    private Optional<Share> stay(Share share) {
        consumer.pause(consumer.assignment());
        ConsumerRecords<byte[], byte[]> none = consumer.poll(handedOver.isEmpty() ? Duration.ZERO : POLL.dividedBy(10));
        if (!none.isEmpty()) {
            throw new IllegalStateException("paused partitions give no records");
        }
        return Optional.of(share);
    }

    private Optional<Share> next() throws SourceLostException {
        consumer.resume(consumer.paused());
        ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
        return records.isEmpty() ? Optional.empty() : Optional.of(reader.read(records));
    }

    private void store() {
        Positions done = toStore.getAndSet(Positions.NONE);
        Positions now = holdings.store(done);
        stored.updateAndGet(before -> before.then(now));
    }

    private void leave() {
        try {
            store();
            holdings.storeNow();
        } catch (RuntimeException e) {
            // What could not be stored comes again.
        }
        try {
            consumer.close(CloseOptions.timeout(TO_LEAVE));
        } catch (KafkaException e) {
            // The broker finds out by itself.
        }
    }

    @Override
    public Optional<Share> take(Duration atMost) throws SourceLostException, GapException, InterruptedException {
        Share share = handedOver.poll(atMost.toNanos(), TimeUnit.NANOSECONDS);
        if (share == null) {
            Exception why = ended.get();
            switch (why) {
                case null -> {
                    if (!thread.isAlive()) {
                        throw new SourceLostException("the polling thread died");
                    }
                }
                case GapException gap -> throw gap;
                case SourceLostException lost -> throw lost;
                default -> throw new IllegalStateException(why);
            }
        }
        return Optional.ofNullable(share);
    }

    @Override
    public void acknowledge(Positions done) {
        toStore.updateAndGet(before -> before.then(done));
    }

    @Override
    public Positions stored() {
        return stored.getAndSet(Positions.NONE);
    }

    @Override
    public void close() {
        closing = true;
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join(TO_LEAVE.toMillis() * 2);
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
