package dev.freshet.connector.kafka.holding;

import dev.freshet.checkpoint.Positions;
import dev.freshet.pipeline.GroupSources.GapException;
import dev.freshet.pipeline.Share;
import dev.freshet.pipeline.SourceLostException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Stands between the thread that reads and the pipeline's: shares go one way, one at a time; positions come back. Whichever end fails
 * says so here.
 */
public final class Handover {
    private final BlockingQueue<Share> shares = new ArrayBlockingQueue<>(1);
    private final AtomicReference<Positions> acknowledged = new AtomicReference<>(Positions.NONE);
    private final AtomicReference<Positions> stored = new AtomicReference<>(Positions.NONE);
    private final AtomicReference<@Nullable Exception> ended = new AtomicReference<>();

    /** Whether it was handed over: the one before has to be taken first. */
    public boolean offer(Share share) {
        return shares.offer(share);
    }

    /** Whether the last share was taken. */
    public boolean isTaken() {
        return shares.isEmpty();
    }

    /** Nothing more is handed over, for this reason; the first one counts. */
    public void end(SourceLostException reason) {
        ended.compareAndSet(null, reason);
    }

    /** As {@link #end(SourceLostException)}. */
    public void end(GapException reason) {
        ended.compareAndSet(null, reason);
    }

    public boolean isEnded() {
        return ended.get() != null;
    }

    /**
     * The next share, or empty when none came in time.
     *
     * @throws SourceLostException where nothing more is handed over
     * @throws GapException for this reason
     */
    public Optional<Share> take(Duration atMost) throws SourceLostException, GapException, InterruptedException {
        Share share = shares.poll(atMost.toNanos(), TimeUnit.NANOSECONDS);
        if (share == null) {
            Exception why = ended.get();
            switch (why) {
                case null -> {}
                case GapException gap -> throw gap;
                case SourceLostException lost -> throw lost;
                default -> throw new IllegalStateException(why);
            }
        }
        return Optional.ofNullable(share);
    }

    /** Everything before these is done. */
    public void acknowledge(Positions done) {
        acknowledged.updateAndGet(before -> before.then(done));
    }

    /** What was acknowledged since this was asked last. */
    public Positions acknowledged() {
        return acknowledged.getAndSet(Positions.NONE);
    }

    /** These are stored. */
    public void store(Positions positions) {
        stored.updateAndGet(before -> before.then(positions));
    }

    /** What was stored since this was asked last. */
    public Positions stored() {
        return stored.getAndSet(Positions.NONE);
    }
}
