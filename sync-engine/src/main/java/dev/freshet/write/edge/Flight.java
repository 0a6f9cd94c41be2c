package dev.freshet.write.edge;

import java.util.List;

/**
 * A call, and all that it purges: more than it names where it purges everything.
 *
 * @param items at least one
 * @param isCounted whether the month's budget has counted it
 */
record Flight(PurgeCall call, List<Waiting> items, boolean isCounted) {
    Flight {
        items = List.copyOf(items);
    }

    Flight counted() {
        return new Flight(call, items, true);
    }

    /** How many names it counts for: everything counts as one. */
    int names() {
        return Math.max(1, call.names().size());
    }
}
