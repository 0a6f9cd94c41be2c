package dev.freshet.pipeline;

import dev.freshet.change.Change;
import dev.freshet.change.Transactions;
import dev.freshet.checkpoint.Positions;
import java.util.Comparator;
import java.util.List;

/**
 * What some partitions held, for one member of a group.
 *
 * @param changes by version; those of one partition may have come in another order
 * @param doubtful changes that may have been written so long ago that their fences are gone: newer ones may be in the target, and
 *     nothing would refuse these
 * @param unread records that cannot be read
 * @param transactions that made the changes
 * @param positions behind all of it
 * @param beginsAnew whether a partition is read from its beginning since, because of a new term: nobody knows what edges hold
 */
public record Share(
        List<Change> changes,
        List<Change> doubtful,
        List<Unread> unread,
        Transactions transactions,
        Positions positions,
        boolean beginsAnew) {
    private static final Comparator<Change> BY_VERSION = Comparator.comparing(Change::version);

    public Share {
        changes = changes.stream().sorted(BY_VERSION).toList();
        doubtful = doubtful.stream().sorted(BY_VERSION).toList();
        unread = List.copyOf(unread);
    }
}
