package dev.freshet.connector.backfill;

import dev.freshet.change.Transactions;
import java.util.LinkedHashSet;
import java.util.Set;

/** The transactions that were delivered and of which nobody knows yet whether a query sees them. */
final class Delivered {
    private static final int MOST = 10_000;

    private final Set<Long> ids = new LinkedHashSet<>();
    private Transactions unseen = Transactions.NONE;

    void add(long transaction) {
        ids.remove(transaction);
        ids.add(transaction);
        if (ids.size() > MOST) {
            long oldest = ids.iterator().next();
            ids.remove(oldest);
            unseen = unseen.andAllUpTo(oldest);
        }
    }

    /** Those that a query has to see. */
    Transactions all() {
        return unseen.with(ids);
    }

    /** A query sees all of them; they are visible from now on. */
    void seen() {
        ids.clear();
        unseen = Transactions.NONE;
    }
}
