package dev.freshet.sidecar.command;

import dev.freshet.connector.debezium.DatabaseUnreachableException;
import dev.freshet.connector.debezium.PostgresPrerequisites;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Optional;

/**
 * Waits a little for a slot that somebody holds: the server notices only after a moment that the process before this one is
 * gone.
 */
final class SlotPatience {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofMillis(250);

    private SlotPatience() {}

    static void await(Preparation prepared, PrintWriter out) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        boolean told = false;
        Optional<PostgresPrerequisites.Finding> holder = holder(prepared);
        while (holder.isPresent()) {
            if (System.nanoTime() > end) {
                throw CommandFailedException.failed(holder.get().toString());
            }
            if (!told) {
                out.println(
                        "waiting for the replication slot '" + prepared.source().slot() + "', which somebody holds");
                out.flush();
                told = true;
            }
            pause();
            holder = holder(prepared);
        }
    }

    private static Optional<PostgresPrerequisites.Finding> holder(Preparation prepared) {
        try {
            return PostgresPrerequisites.missing(prepared.database(), prepared.sourceSettings()).stream()
                    .filter(PostgresPrerequisites.Finding.SlotInUse.class::isInstance)
                    .findFirst();
        } catch (DatabaseUnreachableException e) {
            throw CommandFailedException.failed(String.valueOf(e.getMessage()));
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CommandFailedException.failed("interrupted");
        }
    }
}
