package dev.freshet.observe;

import dev.freshet.rules.RuleName;
import dev.freshet.rules.edge.EdgeName;
import dev.freshet.write.EdgeListener;
import dev.freshet.write.LaneName;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes edges' changes of state to the log. What repeats is told at every power of two. Safe from any thread. */
public final class EdgeLog implements EdgeListener {
    private static final Logger LOG = LoggerFactory.getLogger("dev.freshet.edge");

    private final AtomicLong escalations = new AtomicLong();
    private final AtomicLong behind = new AtomicLong();
    private final AtomicLong strangers = new AtomicLong();

    @Override
    public void away(LaneName lane, String reason, int attempt) {
        if (isWorthTelling(attempt)) {
            LOG.atWarn()
                    .addKeyValue("edge", lane.edge())
                    .addKeyValue("node", lane.node())
                    .addKeyValue("reason", reason)
                    .addKeyValue("attempt", attempt)
                    .log("the edge does not take purges; they wait");
        }
    }

    @Override
    public void back(LaneName lane) {
        LOG.atInfo()
                .addKeyValue("edge", lane.edge())
                .addKeyValue("node", lane.node())
                .log("the edge takes purges again");
    }

    @Override
    public void escalated(EdgeName edge, RuleName rule, int names) {
        long times = escalations.incrementAndGet();
        if (isWorthTelling(times)) {
            LOG.atWarn()
                    .addKeyValue("edge", edge)
                    .addKeyValue("rule", rule)
                    .addKeyValue("names", names)
                    .addKeyValue("times_so_far", times)
                    .log("more purges wait than leave in time, and became what their rule escalates them to");
        }
    }

    @Override
    public void behind(EdgeName edge, int waiting) {
        long times = behind.incrementAndGet();
        if (isWorthTelling(times)) {
            LOG.atWarn()
                    .addKeyValue("edge", edge)
                    .addKeyValue("waiting", waiting)
                    .addKeyValue("times_so_far", times)
                    .log("more purges wait than leave in time, and no rule says what to purge instead");
        }
    }

    @Override
    public void leftOut(EdgeName edge) {
        LOG.atWarn()
                .addKeyValue("edge", edge)
                .log("more purges wait than are held; the rest is left in the database's log until there is room");
    }

    @Override
    public void missed(EdgeName edge, boolean isPurged) {
        LOG.atWarn()
                .addKeyValue("edge", edge)
                .log(
                        isPurged
                                ? "changes may have been missed: everything is purged at the edge"
                                : "changes may have been missed: the edge may hold what was made of rows of before; purge it by"
                                        + " hand, or say on_gap: purge_all");
    }

    @Override
    public void unseen(int purges) {
        LOG.atWarn()
                .addKeyValue("purges", purges)
                .log("the database does not show changes that its log told a minute ago; their purges leave now");
    }

    @Override
    public void died(String thread, Throwable cause) {
        LOG.atError().addKeyValue("thread", thread).setCause(cause).log("a thread of the edges died of a mistake");
    }

    @Override
    public void unknown(LaneName lane, int purges) {
        long times = strangers.incrementAndGet();
        if (isWorthTelling(times)) {
            LOG.atWarn()
                    .addKeyValue("edge", lane.edge())
                    .addKeyValue("node", lane.node())
                    .addKeyValue("so_far", times)
                    .log("purges were kept for an edge that the file no longer has, and are dropped");
        }
    }

    @Override
    public void storeAway(String reason, int attempt) {
        if (isWorthTelling(attempt)) {
            LOG.atWarn()
                    .addKeyValue("reason", reason)
                    .addKeyValue("attempt", attempt)
                    .log(
                            "the cache does not keep purges that wait, or what was spent; they wait in the database's log");
        }
    }

    @Override
    public void lost(LaneName lane, boolean isPurged) {
        LOG.atWarn()
                .addKeyValue("edge", lane.edge())
                .addKeyValue("node", lane.node())
                .log(
                        isPurged
                                ? "the cache lost purges that it kept, perhaps by an eviction: everything is purged at the edge"
                                : "the cache lost purges that it kept, perhaps by an eviction: the edge may hold what was made of rows"
                                        + " of before; purge it by hand, or say on_gap: purge_all");
    }

    private static boolean isWorthTelling(long count) {
        return Long.bitCount(count) == 1;
    }
}
