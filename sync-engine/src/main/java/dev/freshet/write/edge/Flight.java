package dev.freshet.write.edge;

import java.util.List;

/**
 * A call, and all that it purges: more than it names where it purges everything.
 *
 * @param items at least one
 */
record Flight(PurgeCall call, List<Waiting> items) {
    Flight {
        items = List.copyOf(items);
    }
}
