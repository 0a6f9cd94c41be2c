package dev.freshet.plan;

import dev.freshet.rules.RuleName;
import dev.freshet.rules.edge.EdgeName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What makes two purges one.
 *
 * @param levels of escalation: a purge that has one level less must not be replaced by what the other's last level names
 */
public record PurgeOf(RuleName rule, EdgeName edge, EdgeTarget target, int levels) {
    public static PurgeOf of(Operation.Purge purge) {
        return new PurgeOf(
                purge.rule(), purge.edge(), purge.target(), purge.escalate().size());
    }

    /** Both as one: as hard as the harder, repeated as late as the later, escalated to what either names. */
    public static Operation.Purge both(Operation.Purge earlier, Operation.Purge later) {
        return new Operation.Purge(
                later.rule(),
                later.version(),
                later.committedAt(),
                later.edge(),
                later.target(),
                earlier.soft() && later.soft(),
                longer(earlier.againAfter(), later.againAfter()),
                together(earlier.escalate(), later.escalate()));
    }

    private static Optional<Duration> longer(Optional<Duration> one, Optional<Duration> other) {
        return one.isPresent() && (other.isEmpty() || one.get().compareTo(other.get()) > 0) ? one : other;
    }

    private static List<Set<EdgeTarget>> together(List<Set<EdgeTarget>> some, List<Set<EdgeTarget>> others) {
        List<Set<EdgeTarget>> levels = new ArrayList<>();
        for (int i = 0; i < some.size(); i++) {
            Set<EdgeTarget> level = new LinkedHashSet<>(some.get(i));
            level.addAll(others.get(i));
            levels.add(level);
        }
        return levels;
    }
}
