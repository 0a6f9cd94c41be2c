package dev.freshet.rules;

import java.util.List;
import java.util.Optional;

/**
 * What is done when a table is truncated, when there is no row to tell. A list that is there stands in place of what the rule
 * does for its actions of that kind otherwise; without rows its names are constant.
 *
 * @param keepsPuts {@code on_truncate: {}}: what the rule put stays
 */
public record OnTruncate(
        boolean keepsPuts,
        Optional<List<Invalidation>> invalidations,
        Optional<List<Purge>> purges,
        Optional<List<Publication>> publications) {
    /** Nothing is said. */
    public static final OnTruncate DEFAULT =
            new OnTruncate(false, Optional.empty(), Optional.empty(), Optional.empty());

    /** {@code on_truncate: {}}. */
    public static final OnTruncate NOTHING =
            new OnTruncate(true, Optional.of(List.of()), Optional.of(List.of()), Optional.of(List.of()));
}
