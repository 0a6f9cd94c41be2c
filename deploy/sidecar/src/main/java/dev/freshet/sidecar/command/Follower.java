package dev.freshet.sidecar.command;

import dev.freshet.connector.debezium.DatabaseUnreachableException;
import dev.freshet.connector.debezium.PostgresBackfills;
import java.time.Duration;

/** The Freshet that somebody waits for: where none follows the slot for longer than a restart takes, nobody does what was asked for. */
final class Follower {
    private static final long EVERY_NANOS = Duration.ofSeconds(5).toNanos();
    private static final int MISSES = 6;

    private final PostgresBackfills backfills;
    private final String slot;
    private long askedAtNanos = System.nanoTime();
    private int missed;

    Follower(PostgresBackfills backfills, String slot) {
        this.backfills = backfills;
        this.slot = slot;
    }

    /** Asks the database every few seconds, however often it is called. */
    void requireAlive() {
        if (System.nanoTime() - askedAtNanos < EVERY_NANOS) {
            return;
        }
        askedAtNanos = System.nanoTime();
        missed = isThere() ? 0 : missed + 1;
        if (missed >= MISSES) {
            throw CommandFailedException.failed("no Freshet follows slot '" + slot
                    + "' any more: the next one goes on with it, and nobody needs to ask again");
        }
    }

    private boolean isThere() {
        try {
            return backfills.isFollowed().orElse(false);
        } catch (DatabaseUnreachableException e) {
            return false;
        }
    }
}
