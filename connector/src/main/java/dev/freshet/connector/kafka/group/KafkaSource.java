package dev.freshet.connector.kafka.group;

import dev.freshet.checkpoint.Positions;
import dev.freshet.connector.kafka.broker.Broker;
import dev.freshet.connector.kafka.broker.Subscription;
import dev.freshet.connector.kafka.holding.Gathering;
import dev.freshet.connector.kafka.holding.Handover;
import dev.freshet.connector.kafka.holding.Holdings;
import dev.freshet.connector.kafka.record.TopicReader;
import dev.freshet.pipeline.DecisionNeededException;
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
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * One membership of the group. Its thread, {@code freshet-poll}, converts what it polls and hands it over. As long as that is not
 * taken it gathers more, and then polls with its partitions paused. Once it fails the membership is over.
 */
final class KafkaSource implements GroupSource {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration LOOK = Duration.ofMillis(10);
    private static final Duration TO_LEAVE = Duration.ofSeconds(10);
    private static final String RECORDS_A_POLL = "2000";

    /** So long it may take until members hear that one of them is gone, beyond its session. */
    private static final String HEARTBEAT_MILLIS = "1000";

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Subscription topics;
    private final Partitions partitions;
    private final Holdings holdings;
    private final Gathering gathering;
    private final ShareReader reader;
    private final Handover handover = new Handover();
    private final Thread thread;
    private Positions handedOver = Positions.NONE;
    private volatile boolean closing;

    KafkaSource(GroupSettings settings, Term term, WrittenBefore writtenBefore, InstantSource clock) {
        this.consumer = new KafkaConsumer<>(properties(settings));
        this.topics = settings.topics();
        TopicReader records = new TopicReader(settings.catalog(), term.epoch());
        this.holdings = new Holdings(term, records, settings.fencesLive(), clock);
        this.gathering = new Gathering(holdings);
        this.partitions = new Partitions(consumer, term, settings.start(), holdings, gathering, writtenBefore);
        this.reader = new ShareReader(settings, records, gathering);
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
            while (!closing) {
                store();
                handOver();
                endWhereNothingMoreMayBeRead();
                if (gathering.isFull() || reader.end().isPresent()) {
                    stay();
                } else {
                    gather();
                }
            }
        } catch (OffsetOutOfRangeException e) {
            handover.end(new GapException("records that were not done are gone from " + e.partitions()
                    + ": retention has passed them, or the topic was made again"));
        } catch (SourceLostException e) {
            handover.end(e);
        } catch (RuntimeException e) {
            handover.end(new SourceLostException(Broker.reason(e), e));
        } finally {
            leave();
        }
    }

    private void subscribe() {
        switch (topics) {
            case Subscription.Named named -> consumer.subscribe(named.topics(), partitions);
            case Subscription.Matching matching -> consumer.subscribe(matching.pattern(), partitions);
        }
    }

    private void handOver() {
        if (!holdings.isBeginningStored() || gathering.isEmpty() || !handover.isTaken()) {
            return;
        }
        Share share = gathering.share();
        if (handover.offer(share)) {
            handedOver = handedOver.then(share.positions());
            gathering.taken();
        }
    }

    /** Once all is done that could be read. */
    private void endWhereNothingMoreMayBeRead() throws DecisionNeededException {
        if (reader.end().isPresent() && gathering.isEmpty() && holdings.areDone(handedOver)) {
            throw reader.end().get();
        }
    }

    /** What comes while the pipeline is busy is gathered: of rows that change again and again less is written then. */
    private void gather() throws SourceLostException {
        consumer.resume(consumer.paused());
        reader.gather(consumer.poll(gathering.isEmpty() ? POLL : LOOK));
    }

    /** Keeps the place in the group while nobody takes what was read. */
    private void stay() {
        consumer.pause(consumer.assignment());
        ConsumerRecords<byte[], byte[]> none = consumer.poll(handover.isTaken() ? Duration.ZERO : LOOK);
        if (!none.isEmpty()) {
            throw new IllegalStateException("paused partitions give no records");
        }
    }

    private void store() {
        handover.store(partitions.store(handover.acknowledged()));
    }

    private void leave() {
        try {
            store();
            partitions.storeNow();
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
        Optional<Share> share = handover.take(atMost);
        if (share.isPresent() || thread.isAlive()) {
            return share;
        }
        // It may have said why just before it died.
        return Optional.of(
                handover.take(Duration.ZERO).orElseThrow(() -> new SourceLostException("the polling thread died")));
    }

    @Override
    public void acknowledge(Positions done) {
        handover.acknowledge(done);
    }

    @Override
    public Positions stored() {
        return handover.stored();
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
