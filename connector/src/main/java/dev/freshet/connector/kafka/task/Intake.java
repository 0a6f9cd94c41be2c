package dev.freshet.connector.kafka.task;

import dev.freshet.connector.kafka.broker.Cluster;
import dev.freshet.pipeline.GroupSources.GapException;
import dev.freshet.pipeline.SourceLostException;
import dev.freshet.pipeline.WrittenBefore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTaskContext;
import org.jspecify.annotations.Nullable;

/**
 * What Connect calls of a task, but for its start and its stop: partitions that come and go, records, the question for positions. Used
 * by the task's thread.
 *
 * <p>Whenever the pipeline opens another source, all partitions are read from where that one goes on, and what was given to the task
 * before comes again.
 */
public final class Intake {
    /** How soon Connect calls again where nothing comes, in milliseconds. */
    private static final long BEAT = 100;

    private static final long STORE_EVERY_NANOS = Duration.ofSeconds(1).toNanos();

    private final SinkTaskContext context;
    private final TaskSources sources;
    private final TaskSettings settings;
    private final Cluster cluster;
    private final WrittenBefore writtenBefore;
    private final Unreadables unreadables;
    private final Origins origins;
    private final InstantSource clock;
    private final AtomicReference<@Nullable Stored> answer = new AtomicReference<>();
    private volatile boolean isAsking;
    private Optional<Reception> reception = Optional.empty();
    private boolean isPaused;

    /** Whether Connect has still to go where it was told to: until it calls again it says that it has read what comes again. */
    private boolean isRewinding;

    private long storedAtNanos = System.nanoTime();

    /** What the brokers said is stored, and whom that was asked for. */
    private record Stored(Reception reception, Map<TopicPartition, OffsetAndMetadata> positions) {}

    /** @param writtenBefore used by the task's thread alone */
    public Intake(
            SinkTaskContext context,
            TaskSources sources,
            TaskSettings settings,
            Cluster cluster,
            WrittenBefore writtenBefore,
            Unreadables unreadables,
            Origins origins,
            InstantSource clock) {
        this.context = context;
        this.sources = sources;
        this.settings = settings;
        this.cluster = cluster;
        this.writtenBefore = writtenBefore;
        this.unreadables = unreadables;
        this.origins = origins;
        this.clock = clock;
        // Connect would not call again for as long as it stores no positions.
        context.timeout(BEAT);
    }

    /** Partitions came. */
    public void open(Collection<TopicPartition> partitions) {
        context.timeout(BEAT);
        if (!isAnother()) {
            reception.ifPresent(current -> begin(current, partitions));
        }
        // All of them: whoever paused some alone would not know which.
        context.pause(context.assignment().toArray(TopicPartition[]::new));
        isPaused = true;
    }

    /** Partitions went. */
    public void close(Collection<TopicPartition> partitions) {
        reception.ifPresent(current -> current.lost(partitions));
    }

    /** Records came, or none; Connect calls it again and again. */
    public void put(Collection<SinkRecord> records) {
        context.timeout(BEAT);
        isRewinding = false;
        boolean isAnother = isAnother();
        reception.ifPresent(current -> {
            if (!isAnother) {
                attempt(current, () -> current.read(records));
            }
            // What was gathered beyond a gap is never done: its positions would hide the gap.
            if (!current.handover().isEnded()) {
                current.handOver();
            }
            store(current);
        });
        flow(reception.filter(it -> !it.isFull() && !it.handover().isEnded()).isPresent());
    }

    /**
     * How far partitions are done: all that Connect asks for, or none. Of one that is left out it would store a position without its mark.
     *
     * @param read how far Connect has read those that it asks for: it takes no position beyond
     */
    public Map<TopicPartition, OffsetAndMetadata> positions(Map<TopicPartition, OffsetAndMetadata> read) {
        Reception current = reception
                .filter(it -> !isRewinding && !it.source().isClosed() && it.hold(read.keySet()))
                .orElse(null);
        if (current == null) {
            return Map.of();
        }
        if (!current.handover().isEnded()) {
            current.consumed(read);
        }
        Map<TopicPartition, OffsetAndMetadata> done = new HashMap<>();
        current.positions(read.keySet()).forEach((partition, position) -> {
            OffsetAndMetadata at = read.get(partition);
            long offset = at == null ? position.offset() : Math.min(position.offset(), at.offset());
            done.put(partition, new OffsetAndMetadata(offset, position.metadata()));
        });
        return done;
    }

    /** Whether the pipeline has opened another source since; all partitions begin there then, and what came meanwhile comes again. */
    private boolean isAnother() {
        Optional<TaskSource> open = sources.open();
        if (open.equals(reception.map(Reception::source))) {
            return false;
        }
        reception = open.map(
                source -> new Reception(source, settings, cluster, writtenBefore, unreadables, origins, clock));
        reception.ifPresent(current -> begin(current, context.assignment()));
        return true;
    }

    private void begin(Reception current, Collection<TopicPartition> partitions) {
        if (!partitions.isEmpty()) {
            isRewinding = true;
            attempt(current, () -> context.offset(current.came(partitions)));
        }
    }

    private interface Attempt {
        void make() throws SourceLostException, GapException, InterruptedException;
    }

    /** The pipeline hears of it, and opens another source once it has paused, or after everything was agreed anew. */
    private static void attempt(Reception current, Attempt attempt) {
        if (current.handover().isEnded()) {
            return;
        }
        try {
            attempt.make();
        } catch (SourceLostException e) {
            current.handover().end(e);
        } catch (GapException e) {
            current.handover().end(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            current.handover().end(new SourceLostException("the task is to end", e));
        }
    }

    private void flow(boolean mayGoOn) {
        if (mayGoOn != isPaused) {
            return;
        }
        TopicPartition[] all = context.assignment().toArray(TopicPartition[]::new);
        if (mayGoOn) {
            reception.ifPresent(current -> attempt(current, current::requireNextThere));
            context.resume(all);
        } else {
            context.pause(all);
        }
        isPaused = !mayGoOn;
    }

    /** Asks Connect to store what is done, and the brokers what is stored: Connect does not tell. */
    private void store(Reception current) {
        Stored told = answer.getAndSet(null);
        if (told != null && told.reception() == current) {
            current.stored(told.positions());
        }
        long now = System.nanoTime();
        boolean isDue = now - storedAtNanos > STORE_EVERY_NANOS || !current.isBeginningStored();
        if (!isDue || isAsking) {
            return;
        }
        Set<TopicPartition> moved = Set.copyOf(current.moved());
        if (!moved.isEmpty()) {
            storedAtNanos = now;
            isAsking = true;
            cluster.stored(settings.group(), moved, positions -> {
                positions.ifPresent(it -> answer.set(new Stored(current, it)));
                isAsking = false;
            });
            context.requestCommit();
        }
    }
}
