package dev.freshet.write;

import dev.freshet.rules.edge.EdgeName;
import java.time.Duration;

/**
 * One look at an edge, or at one node of it.
 *
 * @param node which of several; empty where there is one
 * @param condition {@code up}, or why it does not take purges
 * @param waiting names that were not purged yet
 * @param parked those of them that are kept in the cache
 * @param oldest how long the first of them has waited
 * @param isBehind whether more wait than its budget carries in time
 */
public record EdgeState(
        EdgeName edge, String node, String condition, int waiting, int parked, Duration oldest, boolean isBehind) {
    public boolean isUp() {
        return condition.equals("up");
    }
}
