package dev.freshet.write.edge;

import dev.freshet.rules.RuleName;
import java.util.Map;

/**
 * What came of more that waits than leaves in time.
 *
 * @param escalated by rule, how many names were replaced by what it escalates them to
 * @param isBehind whether nothing says what to purge instead, as of now
 * @param waiting names that wait
 */
record Pressure(Map<RuleName, Integer> escalated, boolean isBehind, int waiting) {
    Pressure {
        escalated = Map.copyOf(escalated);
    }

    boolean isNone() {
        return escalated.isEmpty() && !isBehind;
    }
}
