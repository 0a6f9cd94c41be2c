package dev.freshet.sidecar.command;

import dev.freshet.checkpoint.Checkpoint;
import dev.freshet.checkpoint.ResyncRequest;
import dev.freshet.connector.debezium.PostgresPosition;
import dev.freshet.write.TargetAwayException;
import dev.freshet.write.valkey.ValkeyCheckpoints;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Looks at the request and the checkpoint until the cache is built anew, and tells how far that is. */
final class ResyncWait {
    private static final long LOOK_MILLIS = 200;
    private static final long TELL_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final ValkeyCheckpoints checkpoints;
    private final Optional<Integer> before;
    private final Follower follower;
    private final PrintWriter out;

    /** {@code before}: the source's epoch when it was asked. */
    ResyncWait(ValkeyCheckpoints checkpoints, Optional<Integer> before, Follower follower, PrintWriter out) {
        this.checkpoints = checkpoints;
        this.before = before;
        this.follower = follower;
        this.out = out;
    }

    /** How far it is. */
    sealed interface Stage {
        record Underway(String told) implements Stage {}

        record Done() implements Stage {}

        record Lost(String reason) implements Stage {}
    }

    void await(ResyncRequest request) throws TargetAwayException, InterruptedException {
        long told = System.nanoTime();
        while (true) {
            // The request is looked at first: it goes after the checkpoint that answers it is there.
            Optional<ResyncRequest> waiting = checkpoints.asked();
            switch (stage(request, waiting, checkpoints.load(), before)) {
                case Stage.Done done -> {
                    return;
                }
                case Stage.Lost(String reason) -> throw CommandFailedException.failed(reason);
                case Stage.Underway(String line) -> {
                    if (System.nanoTime() - told > TELL_NANOS) {
                        told = System.nanoTime();
                        out.println(line);
                        out.flush();
                    }
                }
            }
            follower.requireAlive();
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
    }

    static Stage stage(
            ResyncRequest own,
            Optional<ResyncRequest> waiting,
            Optional<Checkpoint> checkpoint,
            Optional<Integer> before) {
        boolean begun = checkpoint
                .filter(last -> !before.equals(Optional.of(last.sourceEpoch())))
                .isPresent();
        if (waiting.isPresent() && !waiting.get().equals(own)) {
            return new Stage.Underway("somebody asked again since, so it begins again");
        }
        if (waiting.isPresent()) {
            return new Stage.Underway(begun ? "reading the tables" : "waiting for Freshet to hear of it");
        }
        if (checkpoint.isEmpty()) {
            return new Stage.Lost("the cache lost its memory, which Freshet notices by itself: it is built anew");
        }
        if (!begun) {
            return new Stage.Lost("the cache lost the request: ask again");
        }
        if (PostgresPosition.of(checkpoint.get().position()).isInsideSnapshot()) {
            return new Stage.Underway("reading the tables");
        }
        return checkpoint.get().owed().isNothing()
                ? new Stage.Done()
                : new Stage.Underway("removing entries without a row");
    }
}
