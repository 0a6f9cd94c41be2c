package dev.freshet.pipeline;

import dev.freshet.change.Change;
import dev.freshet.change.Version;
import dev.freshet.checkpoint.Checkpoint;
import dev.freshet.checkpoint.Owed;
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
 * What is owed where rows may be gone and nothing said so: the entries that no row backs any more are swept once every row was
 * read that is there. A source that begins anew owes all entries of before, a table that was altered those of its rules. Until
 * then they stay, and what is read is told from them by its version, which is remembered so long.
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
    private Owed owed = Owed.NOTHING;
    private boolean isRead;
    private Version from = new Version(0, 0, 0, 0);
    private Duration pause = PATIENCE;

    /** Nothing is owed yet. */
    Resync(Planner planner, Delivery delivery, PipelineListener listener) {
        this.planner = planner;
        this.delivery = delivery;
        this.listener = listener;
    }

    /** A source begins, which goes on from a checkpoint that owes sweeps, or owes one itself. */
    void begin(Owed owes, int sourceEpoch) {
        isRead = false;
        pause = PATIENCE;
        from = Version.beginningOf(sourceEpoch);
        owe(owes);
    }

    /** A batch is about to be applied: what it writes of tables that it says were altered has to be told from what was there. */
    void take(Batch batch) {
        for (Change change : batch.changes()) {
            if (change instanceof Change.Altered altered) {
                listener.altered(altered);
                if (altered.rowsMayBeGone()) {
                    isRead = false;
                    owe(owed.and(altered.table(), altered.version()));
                }
            }
        }
    }

    private void owe(Owed owes) {
        owed = owes;
        sweeping = null;
        delivery.remember(owed.isNothing() ? Terms.Fences.FOR_A_WINDOW : Terms.Fences.UNTIL_SWEPT);
    }

    /** A batch was applied. */
    void applied(Batch batch) {
        isRead = !batch.isReading();
    }

    /** How long to wait for the next batch. */
    Duration patience() {
        return isTime() ? pause : PATIENCE;
    }

    private boolean isTime() {
        return !owed.isNothing() && isRead;
    }

    /** The checkpoint with what is owed. */
    Checkpoint owing(Checkpoint checkpoint) {
        return checkpoint.owing(owed);
    }

    /** Sweeps a page, if it is time. Returns whether everything is swept by that, and the target right. */
    boolean goOn(Instant at) throws StandDownException, InterruptedException {
        if (!isTime()) {
            return false;
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
        boolean everything = last && owed.everything();
        if (last) {
            owe(Owed.NOTHING);
            listener.swept();
        }
        return everything;
    }

    private List<Operation.Scan> scans(Instant at) {
        List<Operation> all = new ArrayList<>(owed.everything() ? planner.forgetPuts(from, at) : List.of());
        owed.tables().forEach((table, since) -> all.addAll(planner.forgetPuts(table, since, at)));
        return all.stream().map(Operation.Scan.class::cast).toList();
    }
}
