package dev.freshet.pipeline;

import dev.freshet.change.Version;
import dev.freshet.checkpoint.Checkpoint;
import dev.freshet.checkpoint.StandDownException;
import dev.freshet.observe.PipelineListener;
import dev.freshet.plan.Operation;
import dev.freshet.plan.Planner;
import dev.freshet.write.Sweeping;
import dev.freshet.write.Terms;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a source that begins anew owes: the entries that no row backs any more are swept once the snapshot was read. Until
 * then they stay, and what the snapshot writes is told from them by its version, which is remembered so long.
 *
 * <p>The sweep goes page by page between batches, no more than half of the time. A checkpoint that was saved before its end
 * says so, and whoever goes on from there sweeps from the beginning.
 */
final class Resync {
    private static final Duration PATIENCE = Duration.ofMillis(100);

    private final Planner planner;
    private final Delivery delivery;
    private final PipelineListener listener;
    private @Nullable Sweeping sweeping;
    private boolean owed;
    private boolean snapshotRead;
    private Version from = new Version(0, 0, 0, 0);
    private Duration pause = PATIENCE;

    /** Nothing is owed yet. */
    Resync(Planner planner, Delivery delivery, PipelineListener listener) {
        this.planner = planner;
        this.delivery = delivery;
        this.listener = listener;
    }

    /** A source begins, which goes on from a checkpoint that owes a sweep, or owes one itself. */
    void begin(boolean owes, int sourceEpoch) {
        owed = owes;
        snapshotRead = false;
        sweeping = null;
        pause = PATIENCE;
        from = Version.beginningOf(sourceEpoch);
        delivery.remember(owed ? Terms.Fences.UNTIL_SWEPT : Terms.Fences.FOR_A_WINDOW);
    }

    /** A batch was applied. */
    void applied(Batch batch) {
        snapshotRead = !batch.isOfSnapshot();
    }

    /** How long to wait for the next batch. */
    Duration patience() {
        return owed && snapshotRead ? pause : PATIENCE;
    }

    /** The checkpoint with what is owed. */
    Checkpoint owing(Checkpoint checkpoint) {
        return owed ? checkpoint.unswept() : checkpoint;
    }

    /** Sweeps a page, if it is time. */
    void goOn(Instant at) throws StandDownException, InterruptedException {
        if (!owed || !snapshotRead) {
            return;
        }
        Sweeping pass = sweeping;
        if (pass == null) {
            pass = delivery.sweeping(scans(at));
            sweeping = pass;
            listener.sweepBegun();
        }
        long begun = System.nanoTime();
        boolean last = delivery.sweepsTheLastPage(pass);
        Duration took = Duration.ofNanos(System.nanoTime() - begun);
        pause = took.compareTo(PATIENCE) < 0 ? took : PATIENCE;
        if (last) {
            owed = false;
            sweeping = null;
            delivery.remember(Terms.Fences.FOR_A_WINDOW);
            listener.swept();
        }
    }

    private List<Operation.Scan> scans(Instant at) {
        List<Operation.Scan> scans = new ArrayList<>();
        for (Operation operation : planner.forgetPuts(from, at)) {
            scans.add((Operation.Scan) operation);
        }
        return scans;
    }
}
