package dev.freshet.observe;

import dev.freshet.change.Change;
import dev.freshet.checkpoint.Checkpoint;
import dev.freshet.deadletter.DeadLetter;
import dev.freshet.plan.Operation;
import dev.freshet.write.WriteResult;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What the pipeline tells while it works. Called on the pipeline's thread, in the order of events; a listener must not
 * block and must not throw.
 */
public interface PipelineListener {
    /** A source was opened; {@code anew} where it begins with a snapshot. */
    default void sourceOpened(boolean anew) {}

    /** The source can deliver no more; another one is opened after {@code attempt} pauses. */
    default void sourceLost(String reason, int attempt) {}

    /** The source will be lost again and again until a person has decided what the reason says. */
    default void decisionNeeded(String reason) {}

    /** Somebody asked for everything to be read again; another source is opened for that. */
    default void resyncAsked() {}

    /** Changes arrived and are about to be planned. */
    default void taken(List<Change> changes) {}

    /** A table's rows are other ones than before, and no change of theirs said so: they are read again. */
    default void altered(Change.Altered altered) {}

    /** Rules that were in force before cannot be read any more, and are dropped: entries that only they made stay. */
    default void rulesUnread(String reason) {}

    /** All rows were read that had to be, and the cache is searched for entries that no row backs any more. */
    default void sweepBegun() {}

    /** They are gone. */
    default void swept() {}

    /** What could not be planned, or what the target will never take, is stored for a person to look at. */
    default void setAside(DeadLetter letter) {}

    /** The target answered; results stand beside their operations. */
    default void written(List<Operation> operations, List<WriteResult> results, Instant at) {}

    /** The target cannot take operations now; they are sent again. */
    default void targetAway(String reason, int attempt) {}

    /**
     * The target does not have the checkpoint that was saved in it last: it failed over, was restored or emptied, or another process
     * led meanwhile. What it lacks is written again.
     */
    default void targetWentBack() {}

    /** The target takes operations again. */
    default void targetBack() {}

    /** The database answered so many questions of the rules, and how long that took, waiting for a transaction to be seen included. */
    default void asked(int questions, Duration took) {}

    /** The database cannot answer the rules' questions now; they are asked again. */
    default void databaseAway(String reason, int attempt) {}

    /** The database answers again. */
    default void databaseBack() {}

    /** Every operation of these changes is applied or set aside. */
    default void applied(List<Change> changes, Instant at) {}

    /** What was taken is done with, but for its edges. */
    default void finished() {}

    /** An edge has room again for what was left in the source, which is opened again for that. */
    default void edgesWantAgain() {}

    /** The checkpoint is stored. */
    default void checkpointed(Checkpoint checkpoint) {}

    /** Tells several. */
    static PipelineListener all(List<PipelineListener> listeners) {
        return new PipelineListeners(List.copyOf(listeners));
    }
}
