package dev.freshet.pipeline;

import dev.freshet.change.TableId;
import dev.freshet.checkpoint.Checkpoint;
import dev.freshet.checkpoint.TableForm;
import java.util.Map;
import java.util.Optional;

/** Opens a source where the last one left off. */
public interface SourceOpener {
    /** Where to go on, as it is stored at that moment; empty: from a snapshot. */
    interface LastCheckpoint {
        Optional<Checkpoint> load() throws InterruptedException;

        /** Why it would not be right to go on from there: as for a gap. Asked after {@link #load}. */
        default Optional<String> doubt() {
            return Optional.empty();
        }

        /** What the tables were like then, as far as that is known. */
        default Map<TableId, TableForm> forms() throws InterruptedException {
            return Map.of();
        }

        /** Whether the source has to begin anew, whatever the checkpoint says; to be asked after {@link #load}. */
        default boolean isResyncAsked() {
            return false;
        }
    }

    /**
     * A new source.
     *
     * @param last asked once nobody else can go on any more
     * @throws SourceLostException where the database cannot be reached or refuses; opening again later may do
     */
    ChangeSource open(LastCheckpoint last) throws SourceLostException, InterruptedException;
}
