package dev.freshet.sidecar.command;

import dev.freshet.connector.backfill.Backfill;
import dev.freshet.connector.backfill.Progress;
import dev.freshet.connector.debezium.PostgresBackfills;
import dev.freshet.write.TargetAwayException;
import dev.freshet.write.valkey.ValkeyCheckpoints;
import dev.freshet.write.valkey.ValkeyConnection;
import java.io.PrintWriter;
import java.util.concurrent.TimeUnit;

/** Looks into the checkpoint until a backfill that was asked for has ended, and tells how far it is. */
final class BackfillWait {
    private static final long LOOK_MILLIS = 200;
    private static final long TELL_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final ValkeyCheckpoints checkpoints;
    private final PrintWriter out;

    /** {@code slot} of the process that does them. */
    BackfillWait(ValkeyConnection cache, String slot, PrintWriter out) {
        this.checkpoints = new ValkeyCheckpoints(cache, slot, () -> 0);
        this.out = out;
    }

    void await(String request) throws TargetAwayException, InterruptedException {
        long told = System.nanoTime();
        while (true) {
            Progress progress = checkpoints
                    .load()
                    .map(checkpoint -> PostgresBackfills.progress(checkpoint.position()))
                    .orElse(Progress.NONE);
            if (progress.ended().contains(request)) {
                return;
            }
            if (System.nanoTime() - told > TELL_NANOS) {
                told = System.nanoTime();
                out.println(progress.left().stream()
                        .filter(each -> each.id().equals(request))
                        .findFirst()
                        .map(BackfillWait::line)
                        .orElse("waiting for Freshet to hear of it"));
                out.flush();
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
    }

    private static String line(Backfill backfill) {
        return backfill.table() + "  " + (backfill.rows() == 0 ? "waiting for its turn" : backfill.rows() + " rows");
    }
}
