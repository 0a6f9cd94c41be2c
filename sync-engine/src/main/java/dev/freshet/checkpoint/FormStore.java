package dev.freshet.checkpoint;

import dev.freshet.change.TableId;
import dev.freshet.write.TargetAwayException;
import java.util.Map;

/** Where the forms of tables are kept, beside the checkpoint of the rows that were read of them. */
public interface FormStore {
    /**
     * The last ones saved; empty where there are none, also when the store lost its memory, and where what is stored cannot be
     * read.
     *
     * @throws TargetAwayException where the store does not answer
     */
    Map<TableId, TableForm> load() throws TargetAwayException;

    /**
     * Stores them, in place of those that were loaded or saved last, before it returns.
     *
     * @param lead under which this process leads
     * @throws TargetAwayException where the store did not say that it did
     * @throws StandDownException where a later lead was claimed, or others are stored by now; nothing was stored
     */
    void save(Lead lead, Map<TableId, TableForm> forms) throws TargetAwayException, StandDownException;
}
