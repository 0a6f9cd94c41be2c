package dev.freshet.pipeline;

import dev.freshet.checkpoint.Lead;
import dev.freshet.checkpoint.LeadStore;
import dev.freshet.checkpoint.StandDownException;
import dev.freshet.write.TargetAwayException;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;

/**
 * Under what this process leads, for all who write, and when it was last known to. The pipeline's thread claims it; any
 * thread reads the epoch.
 *
 * <p>A process that was stopped, or cut off, may not know that another one leads by now. Whoever leads claims that before the
 * first write, so a claim that holds says: until then no other leader has set a fence. A write that arrives within the life of
 * a fence from then on meets every fence that it must not pass.
 */
public final class Leadership {
    private static final Duration LONGEST = Duration.ofSeconds(1);

    private final LeadStore store;
    private final Duration holds;
    private final LongSupplier nanos;
    private volatile long epoch;
    private Lead lead = new Lead(0, 0);
    private Instant ledAt = Instant.EPOCH;
    private long askedAtNanos;

    /**
     * Nobody leads yet.
     *
     * @param patience how long after a claim something may be written; a claim is repeated long before
     * @param nanos as {@link System#nanoTime}
     */
    public Leadership(LeadStore store, Duration patience, LongSupplier nanos) {
        this.store = store;
        this.nanos = nanos;
        Duration some = patience.dividedBy(8);
        this.holds = some.compareTo(LONGEST) < 0 ? some : LONGEST;
    }

    /** Where it is claimed already, nothing is asked. */
    void claim(Lead won) throws TargetAwayException, StandDownException {
        if (!won.equals(lead)) {
            ask(won);
            lead = won;
            epoch = won.leaderEpoch();
        }
    }

    void claimAgain() throws TargetAwayException, StandDownException {
        ask(lead);
    }

    /**
     * A moment not long ago, by the clock of whatever keeps the claim, at which this process led. Where that cannot be found
     * out it stays the last one for a while, so that what is written under it comes too late soon; where another one leads it is long ago.
     */
    Instant ledAt() {
        if (nanos.getAsLong() - askedAtNanos > holds.toNanos()) {
            try {
                ask(lead);
            } catch (TargetAwayException e) {
                return ledAt;
            } catch (StandDownException e) {
                ledAt = Instant.EPOCH;
            }
        }
        return ledAt;
    }

    private void ask(Lead claimed) throws TargetAwayException, StandDownException {
        askedAtNanos = nanos.getAsLong();
        ledAt = store.claim(claimed);
    }

    /** The unsigned epoch of the last lead; 0 before the first. */
    public long epoch() {
        return epoch;
    }
}
