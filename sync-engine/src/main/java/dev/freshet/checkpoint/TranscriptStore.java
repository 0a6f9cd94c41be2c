package dev.freshet.checkpoint;

import dev.freshet.rules.Transcript;
import dev.freshet.write.TargetAwayException;
import java.util.List;

/** Where the rules of every entry that may be in a target are kept, beside its checkpoint. */
public interface TranscriptStore {
    /**
     * The last ones saved, the rules that came into force last at the end; empty where there are none, also when the store
     * lost its memory. What is stored and is no list of transcripts comes as one, which nobody can read.
     *
     * @throws TargetAwayException where the store does not answer
     */
    List<Transcript> load() throws TargetAwayException;

    /**
     * Stores them, in place of those that were loaded or saved last, before it returns.
     *
     * @param lead under which this process leads
     * @throws TargetAwayException where the store did not say that it did
     * @throws StandDownException where a later lead was claimed, or others are stored by now; nothing was stored
     */
    void save(Lead lead, List<Transcript> transcripts) throws TargetAwayException, StandDownException;
}
