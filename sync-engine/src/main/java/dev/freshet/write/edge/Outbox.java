package dev.freshet.write.edge;

import dev.freshet.write.LaneName;
import dev.freshet.write.TargetAwayException;
import java.time.YearMonth;
import java.util.List;

/** Where purges stand durably while their edge does not take them, and how much was sent in a month. Used by one thread. */
public interface Outbox {
    /**
     * Stores them, and the mark, before it returns; one of the same field is replaced.
     *
     * @return whether this very mark stood there before
     * @throws TargetAwayException where the store did not say that it did
     */
    boolean park(List<ParkedPurge> purges, ParkedPurge mark) throws TargetAwayException;

    /**
     * Removes them, but for those whose field has another value by now.
     *
     * @throws TargetAwayException where the store did not say that it did
     */
    void forget(List<ParkedPurge> purges) throws TargetAwayException;

    /**
     * How many stand there.
     *
     * @throws TargetAwayException where the store does not answer
     */
    long size() throws TargetAwayException;

    /**
     * Whether this very one stands there.
     *
     * @throws TargetAwayException where the store does not answer
     */
    boolean has(ParkedPurge purge) throws TargetAwayException;

    /**
     * Some of what stands there.
     *
     * @param cursor {@link #BEGINNING}, or where the page before ended
     */
    Page page(String cursor) throws TargetAwayException;

    String BEGINNING = "0";

    /** @param next {@link #BEGINNING} where there is no further page */
    record Page(List<ParkedPurge> purges, String next) {}

    /**
     * Adds to what a lane has sent in a month.
     *
     * @param names may be 0
     * @return how many it has by now
     */
    long spent(LaneName lane, YearMonth month, long names) throws TargetAwayException;
}
