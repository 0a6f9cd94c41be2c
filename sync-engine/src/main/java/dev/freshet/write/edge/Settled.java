package dev.freshet.write.edge;

import java.time.Instant;
import java.util.List;

/**
 * What a reply settled.
 *
 * @param purged the commits of the oldest changes that waited for what was purged, the first time
 * @param isBack whether the provider takes calls again
 */
record Settled(List<Instant> purged, boolean isBack) {
    static final Settled NOTHING = new Settled(List.of(), false);
}
