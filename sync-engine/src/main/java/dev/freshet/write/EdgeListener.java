package dev.freshet.write;

import dev.freshet.rules.RuleName;
import dev.freshet.rules.edge.Edge;
import dev.freshet.rules.edge.EdgeName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What edges tell while they are purged. Called on their threads; a listener must not block and must not throw. */
public interface EdgeListener {
    /** What a provider made of a call. */
    enum Outcome {
        ACCEPTED,
        LIMITED,
        FAILED,
        SHUT,
        TOO_LARGE,
        REFUSED
    }

    /** A call was answered, or was not in time. */
    default void called(EdgeName edge, Edge.Kind kind, int names, Outcome outcome, Duration took) {}

    /** Names were purged. Each stands for the oldest change that waited for it, by the commit's time. */
    default void purged(EdgeName edge, List<Instant> committed, Instant at) {}

    /** So many names of a rule were replaced by what their rule escalates them to. */
    default void escalated(EdgeName edge, RuleName rule, int names) {}

    /** It does not take purges; they wait and are sent again. */
    default void away(LaneName lane, String reason, int attempt) {}

    /** It takes purges again. */
    default void back(LaneName lane) {}

    /** More waits than its budget carries in time, and nothing says what to purge instead. */
    default void behind(EdgeName edge, int waiting) {}

    /** More waits than is held: the rest is left in the database's log until there is room. */
    default void leftOut(EdgeName edge) {}

    /** Changes were missed: it may hold objects made of what was before, until everything is purged. */
    default void missed(EdgeName edge, boolean isPurged) {}

    /** Purges wait longer than usual for the database to show their changes; they leave now. */
    default void unseen(int purges) {}

    /** A thread of the edges died of a mistake: nothing can be relied on any more. */
    default void died(String thread, Throwable cause) {}

    /** What was to be purged there is dropped: the file has no such edge, or node, any more. */
    default void unknown(LaneName lane, int purges) {}

    /** The cache does not keep what waits, or does not say what it keeps: it waits in the database's log. */
    default void storeAway(String reason, int attempt) {}

    /** Purges that were kept in the cache alone are gone: it may hold what they were to purge, until everything is purged. */
    default void lost(LaneName lane, boolean isPurged) {}
}
