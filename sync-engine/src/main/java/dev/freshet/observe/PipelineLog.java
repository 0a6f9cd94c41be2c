package dev.freshet.observe;

import dev.freshet.change.Change;
import dev.freshet.deadletter.DeadLetter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes the pipeline's changes of state to the log. What repeats is told at every power of two. */
public final class PipelineLog implements PipelineListener {
    private static final Logger LOG = LoggerFactory.getLogger("dev.freshet.pipeline");

    private long letters;
    private @Nullable String undecided;
    private boolean targetWasAway;

    @Override
    public void sourceOpened(boolean anew) {
        LOG.atInfo().addKeyValue("snapshot", anew).log("source opened");
    }

    @Override
    public void sourceLost(String reason, int attempt) {
        if (isWorthTelling(attempt + 1L)) {
            LOG.atWarn()
                    .addKeyValue("reason", reason)
                    .addKeyValue("attempt", attempt + 1)
                    .log("source lost, opening another");
        }
    }

    @Override
    public void decisionNeeded(String reason) {
        if (!reason.equals(undecided)) {
            undecided = reason;
            LOG.atError().addKeyValue("reason", reason).log("somebody has to decide before this goes on");
        }
    }

    @Override
    public void targetWentBack() {
        LOG.atWarn()
                .log(
                        "the cache does not have the checkpoint that was saved last: it failed over, was restored or emptied, or"
                                + " another process led meanwhile; what it lacks is written again");
    }

    @Override
    public void altered(Change.Altered altered) {
        LOG.atInfo()
                .addKeyValue("table", altered.table())
                .addKeyValue("sweep", altered.rowsMayBeGone())
                .log("a table was altered, and is read again beside the log");
    }

    @Override
    public void rulesUnread(String reason) {
        LOG.atWarn()
                .addKeyValue("reason", reason)
                .log("the rules of before cannot be read: entries that only they made stay, remove them by hand");
    }

    @Override
    public void sweepBegun() {
        LOG.atInfo().log("the rows were read; entries that no row backs are swept");
    }

    @Override
    public void swept() {
        LOG.atInfo().log("entries that no row backs are gone");
    }

    @Override
    public void setAside(DeadLetter letter) {
        letters++;
        if (isWorthTelling(letters)) {
            LOG.atError()
                    .addKeyValue("rule", letter.rule())
                    .addKeyValue("table", letter.table())
                    .addKeyValue("version", letter.version())
                    .addKeyValue("reason", letter.reason())
                    .addKeyValue("so_far", letters)
                    .log("set aside as a dead letter");
        }
    }

    @Override
    public void targetAway(String reason, int attempt) {
        targetWasAway = true;
        if (isWorthTelling(attempt + 1L)) {
            LOG.atWarn()
                    .addKeyValue("reason", reason)
                    .addKeyValue("attempt", attempt + 1)
                    .log("the target is away; the log keeps what comes meanwhile");
        }
    }

    @Override
    public void targetBack() {
        if (targetWasAway) {
            targetWasAway = false;
            LOG.atInfo().log("the target is back");
        }
    }

    @Override
    public void edgesWantAgain() {
        LOG.atInfo().log(
                "an edge has room again for what was left in the log, which is read once more from the checkpoint");
    }

    @Override
    public void databaseAway(String reason, int attempt) {
        if (isWorthTelling(attempt + 1L)) {
            LOG.atWarn()
                    .addKeyValue("reason", reason)
                    .addKeyValue("attempt", attempt + 1)
                    .log("the database does not answer the rules' queries; the log keeps what comes meanwhile");
        }
    }

    @Override
    public void databaseBack() {
        LOG.atInfo().log("the database answers the rules' queries again");
    }

    private static boolean isWorthTelling(long count) {
        return Long.bitCount(count) == 1;
    }
}
