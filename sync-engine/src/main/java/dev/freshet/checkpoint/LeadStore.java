package dev.freshet.checkpoint;

import dev.freshet.write.TargetAwayException;
import java.time.Instant;

/** Where those who lead, or believe it, hear of each other. */
public interface LeadStore {
    /**
     * Says who leads. A process claims before its first write, and again whenever it wants to know: as long as this returns,
     * nobody later has claimed, and so written, as far as the store remembers.
     *
     * @return when it was so, by the store's clock
     * @throws TargetAwayException where the store did not say that it knows
     * @throws StandDownException where a later lead was claimed
     */
    Instant claim(Lead lead) throws TargetAwayException, StandDownException;
}
