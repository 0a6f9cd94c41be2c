package dev.freshet.sidecar.command;

import dev.freshet.checkpoint.Checkpoint;
import dev.freshet.connector.backfill.Backfill;
import dev.freshet.connector.backfill.Ended;
import dev.freshet.connector.backfill.Progress;
import dev.freshet.connector.debezium.PostgresBackfills;
import dev.freshet.write.TargetAwayException;
import dev.freshet.write.valkey.ValkeyCheckpoints;
import dev.freshet.write.valkey.ValkeyConnection;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Looks into the checkpoint until a backfill that was asked for has ended, and tells how far it is. */
final class BackfillWait {
    private static final long LOOK_MILLIS = 200;
    private static final String FORGOTTEN =
            "Freshet forgot it: it builds the cache anew since, which reads the tables too, or many others ended at once";

    private static final long TELL_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final ValkeyCheckpoints checkpoints;
    private final Follower follower;
    private final PrintWriter out;

    /** {@code slot} of the process that does them. */
    BackfillWait(ValkeyConnection cache, String slot, Follower follower, PrintWriter out) {
        this.checkpoints = new ValkeyCheckpoints(cache, slot, () -> 0);
        this.follower = follower;
        this.out = out;
    }

    /** Returns why not all of it was done; empty where it was. */
    Optional<String> await(String request) throws TargetAwayException, InterruptedException {
        long told = System.nanoTime();
        Optional<Integer> epoch = checkpoints.load().map(Checkpoint::sourceEpoch);
        boolean wasHeard = false;
        while (true) {
            Optional<Checkpoint> checkpoint = checkpoints.load();
            Progress progress = checkpoint
                    .map(last -> PostgresBackfills.progress(last.position()))
                    .orElse(Progress.NONE);
            Optional<Ended> ended = progress.ended().stream()
                    .filter(each -> each.id().equals(request))
                    .findFirst();
            if (ended.isPresent()) {
                return ended.get().failure();
            }
            boolean isLeft = progress.left().stream().anyMatch(each -> each.id().equals(request));
            if (!isLeft && (wasHeard || !checkpoint.map(Checkpoint::sourceEpoch).equals(epoch))) {
                return Optional.of(FORGOTTEN);
            }
            wasHeard |= isLeft;
            follower.requireAlive();
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
        String state = backfill.isPaused() ? "paused, " : "";
        return backfill.table() + "  " + state
                + (backfill.rows() == 0 ? "waiting for its turn" : backfill.rows() + " rows");
    }
}
