package dev.freshet.plan;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * How an entry's registrations change with it. Registering comes before the entry is written, leaving after: an entry that
 * is registered too widely is invalidated too often, one that is registered too narrowly goes stale.
 *
 * @param join tags under which it stands from now on
 * @param leave tags under which this row's entry may stand and does not belong any more; none of {@code join}
 */
public record Tagging(Set<CacheTag> join, Set<CacheTag> leave) {
    public static final Tagging NONE = new Tagging(Set.of(), Set.of());

    public Tagging {
        join = ordered(join);
        leave = ordered(leave);
    }

    /** To stand under some tags, where it may have stood under others. */
    static Tagging of(Set<CacheTag> now, Set<CacheTag> before) {
        if (now.isEmpty() && before.isEmpty()) {
            return NONE;
        }
        return new Tagging(now, before.isEmpty() || before.equals(now) ? Set.of() : without(before, now));
    }

    /** The same where the entry may also stand under these. */
    public Tagging leaving(Set<CacheTag> more) {
        return more.isEmpty() ? this : of(join, together(leave, more));
    }

    /** Every tag that this may have left behind. */
    public Set<CacheTag> all() {
        return together(join, leave);
    }

    static Set<CacheTag> together(Set<CacheTag> some, Set<CacheTag> more) {
        Set<CacheTag> all = new LinkedHashSet<>(some);
        all.addAll(more);
        return ordered(all);
    }

    /** Unchangeable, in the given order. */
    static Set<CacheTag> ordered(Set<CacheTag> tags) {
        return switch (tags.size()) {
            case 0 -> Set.of();
            case 1 -> Set.of(tags.iterator().next());
            default -> Collections.unmodifiableSet(new LinkedHashSet<>(tags));
        };
    }

    private static Set<CacheTag> without(Set<CacheTag> some, Set<CacheTag> others) {
        Set<CacheTag> rest = new LinkedHashSet<>(some);
        rest.removeAll(others);
        return rest;
    }
}
