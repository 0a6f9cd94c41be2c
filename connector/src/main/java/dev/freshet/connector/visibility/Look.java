package dev.freshet.connector.visibility;

import java.sql.SQLException;
import java.time.Duration;

/** Looks again and again for about a second, first at once. */
final class Look {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(1);
    private static final Duration LOOKING = Duration.ofSeconds(1);

    private Look() {}

    /** What may be so by now. */
    interface Condition {
        boolean holds() throws SQLException;
    }

    /** Whether it came to hold. */
    static boolean until(Condition condition) throws SQLException, InterruptedException {
        long deadline = System.nanoTime() + LOOKING.toNanos();
        long pause = FIRST_PAUSE.toMillis();
        while (!condition.holds()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            Thread.sleep(pause);
            pause *= 2;
        }
        return true;
    }
}
