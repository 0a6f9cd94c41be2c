package dev.freshet.write;

import java.time.Duration;

/**
 * One look at an edge, or at one node of it.
 *
 * @param condition {@code up}, or why it does not take purges
 * @param waiting names that are held here and were not purged yet
 * @param parked those of them that the cache keeps as well
 * @param oldest how long the first of them has waited
 * @param isBehind whether more wait than its budget carries in time
 */
public record EdgeState(LaneName lane, String condition, int waiting, int parked, Duration oldest, boolean isBehind) {
    public boolean isUp() {
        return condition.equals("up");
    }
}
