package dev.freshet.connector.debezium;

import dev.freshet.change.Change;
import dev.freshet.change.Row;
import dev.freshet.change.RowId;
import dev.freshet.change.SourcePosition;
import dev.freshet.change.TableId;
import dev.freshet.change.Transactions;
import dev.freshet.change.Version;
import dev.freshet.checkpoint.Basis;
import dev.freshet.checkpoint.Checkpoint;
import dev.freshet.connector.backfill.Backfills;
import dev.freshet.connector.envelope.EnvelopeReader;
import dev.freshet.connector.schema.SchemaWatch;
import dev.freshet.pipeline.Batch;
import dev.freshet.pipeline.ChangeSource;
import dev.freshet.pipeline.SourceLostException;
import io.debezium.embedded.Connect;
import io.debezium.engine.DebeziumEngine;
import io.debezium.engine.DebeziumEngine.Offsets;
import io.debezium.engine.DebeziumEngine.RecordCommitter;
import io.debezium.engine.RecordChangeEvent;
import io.debezium.engine.format.ChangeEventFormat;
import io.debezium.util.ApproximateStructSizeCalculator;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run of the embedded engine. When its connection is cut the engine ends, and so does this source: a new one begins
 * with fresh counters.
 *
 * <p>The engine's thread calls {@link #handle}: it confirms what was acknowledged meanwhile (the committer is its alone),
 * converts, and hands over, blocking when the pipeline is behind. While the database is idle its heartbeats do the same.
 */
final class DebeziumSource implements ChangeSource {
    private static final Logger LOG = LoggerFactory.getLogger(DebeziumSource.class);
    private static final Duration TO_STOP = Duration.ofMinutes(1);

    private final Stamps stamps;
    private final EnvelopeReader envelopes;
    private final DeliveryOrder order;
    private final Optional<Version> beginsAnew;
    private final Lead lead;
    private final Grip grip;
    private final SlotHold hold;
    private final BlockingQueue<Batch> handedOver = new ArrayBlockingQueue<>(1);
    private final Runnable snapshotEnded;
    private final Retained acknowledged;
    private final Backfills backfills;
    private final SchemaWatch schemas;
    private final AtomicReference<@Nullable Ending> ended = new AtomicReference<>();
    private final DebeziumEngine<RecordChangeEvent<SourceRecord>> engine;
    private final Thread thread;
    private volatile boolean closing;
    private volatile @Nullable Long leaderEpoch;

    /** What every checkpoint of this source carries besides its position. */
    record Stamps(String identity, int epoch, Basis basis) {}

    /** Asks the database for a number that grows, once the slot is held. */
    interface Lead {
        long taken() throws SourceLostException;
    }

    private record Ending(String message, @Nullable Throwable error) {}

    /**
     * A source that begins to read at once.
     *
     * @param snapshotEnded called on the engine's thread at every batch that is not of a snapshot
     * @param grip on it, closed with it
     */
    DebeziumSource(
            Properties properties,
            EnvelopeReader envelopes,
            Stamps stamps,
            Optional<Version> beginsAnew,
            Runnable snapshotEnded,
            Lead lead,
            Grip grip,
            Retained acknowledged,
            Backfills backfills,
            SchemaWatch schemas) {
        this.envelopes = envelopes;
        this.stamps = stamps;
        this.order = new DeliveryOrder(stamps.epoch());
        this.beginsAnew = beginsAnew;
        this.snapshotEnded = snapshotEnded;
        this.lead = lead;
        this.grip = grip;
        this.hold = grip.hold();
        this.acknowledged = acknowledged;
        this.backfills = backfills;
        this.schemas = schemas;
        this.engine = DebeziumEngine.create(ChangeEventFormat.of(Connect.class))
                .using(properties)
                .using((boolean success, String message, Throwable error) -> ended.set(new Ending(message, error)))
                .notifying(this::handle)
                .build();
        this.thread = new Thread(engine, "freshet-engine");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public Optional<Batch> take(Duration atMost) throws SourceLostException, InterruptedException {
        Batch batch = handedOver.poll(atMost.toNanos(), TimeUnit.NANOSECONDS);
        if (batch == null && (hold.revoked().isPresent() || ended.get() != null || !thread.isAlive())) {
            batch = handedOver.poll();
            if (batch == null) {
                throw lost();
            }
        }
        return Optional.ofNullable(batch);
    }

    /** @throws GapException where another source would be lost the same way */
    private SourceLostException lost() {
        Optional<SlotHold.Revoked> revoked = hold.revoked();
        if (revoked.isPresent()) {
            return revoked.get().lost();
        }
        Ending ending = ended.get();
        if (ending == null) {
            return new SourceLostException("the engine's thread died");
        }
        Throwable error = ending.error();
        return error == null
                ? new SourceLostException("the engine ended: " + ending.message())
                : new SourceLostException(rootMessage(error), error);
    }

    private static String rootMessage(Throwable error) {
        Throwable root = error;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.toString() : root.getMessage();
    }

    @Override
    public void acknowledge(Checkpoint checkpoint) {
        acknowledged.add(checkpoint.position());
    }

    @Override
    public long leaderEpoch() {
        Long epoch = leaderEpoch;
        if (epoch == null) {
            throw new IllegalStateException("no batch came, so nobody knows yet who leads");
        }
        return epoch;
    }

    @Override
    public Optional<Version> beginsAnew() {
        return beginsAnew;
    }

    /** On the engine's thread. Anything thrown here ends the engine, and the next source delivers the batch again. */
    private void handle(
            List<RecordChangeEvent<SourceRecord>> events, RecordCommitter<RecordChangeEvent<SourceRecord>> committer)
            throws InterruptedException {
        grip.signs().works();
        convert(events, committer);
        grip.signs().waits();
    }

    private void convert(
            List<RecordChangeEvent<SourceRecord>> events, RecordCommitter<RecordChangeEvent<SourceRecord>> committer)
            throws InterruptedException {
        if (events.isEmpty()) {
            return;
        }
        if (leaderEpoch == null) {
            try {
                leaderEpoch = lead.taken();
            } catch (SourceLostException e) {
                throw new IllegalStateException(e);
            }
        }
        hold.assertHeld();
        RecordChangeEvent<SourceRecord> last = events.getLast();
        confirm(last, committer);
        List<Change> changes = new ArrayList<>(events.size());
        Set<Long> transactions = new HashSet<>();
        long bytes = 0;
        for (RecordChangeEvent<SourceRecord> event : events) {
            SourceRecord record = event.record();
            if (!EnvelopeReader.isHeartbeat(record)) {
                grip.signs().hears();
            }
            bytes += ApproximateStructSizeCalculator.getApproximateRecordSize(record);
            if (EnvelopeReader.isChange(record)) {
                OptionalLong transaction = EnvelopeReader.transaction(record);
                transaction.ifPresent(transactions::add);
                envelopes.read(record, order.next(record.sourceOffset())).ifPresent(change -> {
                    changes.add(change);
                    backfills.delivered(change, transaction);
                });
            } else {
                EnvelopeReader.message(record).ifPresent(message -> changes.addAll(placed(message, record)));
            }
        }
        DebeziumOffset after = DebeziumOffset.after(last.record().sourceOffset());
        handOver(new Batch(
                changes,
                new Transactions(transactions),
                after.reached(stamps.epoch()),
                new Checkpoint(
                        after.toPosition(backfills.progress()), stamps.identity(), stamps.epoch(), stamps.basis()),
                after.isInsideSnapshot() || backfills.isNeeded(),
                schemas.unkept(),
                bytes));
        if (!after.isInsideSnapshot()) {
            snapshotEnded.run();
            grip.signs().streams();
            schemas.look();
            backfills.goOn();
        }
    }

    /** What a message means for the rules: the rows of a backfill that take its place, or that they are to come. */
    private List<Change> placed(EnvelopeReader.Message message, SourceRecord record) {
        Version first = order.next(record.sourceOffset());
        List<Change> changes = new ArrayList<>();
        switch (backfills.delivered(message.prefix(), message.content(), first)) {
            case Backfills.Heard.Rows(Map<RowId, Row> rows) ->
                rows.forEach((id, row) -> changes.add(new Change.Snapshot(
                        id.table(), id, order.next(record.sourceOffset()), EnvelopeReader.committedAt(record), row)));
            case Backfills.Heard.Altered(TableId table, boolean rowsMayBeGone) ->
                changes.add(new Change.Altered(table, first, EnvelopeReader.committedAt(record), rowsMayBeGone));
        }
        return changes;
    }

    private void handOver(Batch batch) throws InterruptedException {
        while (!handedOver.offer(batch, 100, TimeUnit.MILLISECONDS)) {
            if (closing) {
                throw new InterruptedException("the source is being closed");
            }
            hold.assertHeld();
        }
    }

    /** Lets the engine confirm to the database what the pipeline has stored a checkpoint for, some time ago. */
    private void confirm(
            RecordChangeEvent<SourceRecord> any, RecordCommitter<RecordChangeEvent<SourceRecord>> committer)
            throws InterruptedException {
        Optional<SourcePosition> position = acknowledged.take();
        if (position.isPresent()) {
            Offsets offsets = committer.buildOffsets();
            DebeziumOffset done = DebeziumOffset.parse(position.get());
            for (Map.Entry<String, Object> field : done.fields().entrySet()) {
                offsets.set(field.getKey(), field.getValue());
            }
            committer.markProcessed(any, offsets);
            committer.markBatchFinished();
            if (!done.isInsideSnapshot()) {
                hold.proven();
            }
        }
    }

    /** Waits until the engine's thread has ended, so that the slot is free when this returns. */
    @Override
    public void close() {
        if (closing) {
            return;
        }
        closing = true;
        boolean interrupted = false;
        long deadline = System.nanoTime() + TO_STOP.toNanos();
        while (thread.isAlive() && System.nanoTime() < deadline) {
            stopEngine();
            try {
                thread.join(100);
            } catch (InterruptedException e) {
                interrupted = true;
                thread.interrupt();
            }
        }
        if (thread.isAlive()) {
            LOG.atError().addKeyValue("after", TO_STOP).log("the engine did not end; it may keep the slot a while");
        }
        grip.close();
        backfills.close();
        schemas.close();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** The engine refuses to stop while it starts, and once it has stopped; both pass. */
    private void stopEngine() {
        try {
            engine.close();
        } catch (IOException | IllegalStateException e) {
            LOG.atDebug().setCause(e).log("the engine did not stop yet");
        }
    }
}
