package dev.freshet.sidecar.demo.edge;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Pages by path; the one that was asked for longest ago makes room for a new one. A purge looks at each: of a few hundred
 * pages that is no work, and there is no index to keep right. Used by one thread at a time; times are {@link System#nanoTime()}.
 */
final class StoredPages {
    private static final int LONGEST_BODY = 1_000_000;

    private final int most;
    private final LinkedHashMap<String, Stored> pages = new LinkedHashMap<>(16, 0.75f, true);

    /** A page, and for how long it is good. */
    record Stored(Reply reply, Set<String> tags, long since, Duration lifetime) {
        boolean isFresh(long now) {
            return now - since < lifetime.toNanos();
        }

        private Stored expired() {
            return new Stored(reply, tags, since, Duration.ZERO);
        }

        private boolean hasAny(Set<String> some) {
            return !Collections.disjoint(tags, some);
        }
    }

    StoredPages(int most) {
        this.most = most;
    }

    /** Fresh or not. */
    Optional<Stored> find(String path) {
        return Optional.ofNullable(pages.get(path));
    }

    /** Takes the place of the one before it, also where it may not be kept itself. */
    void store(String path, Reply reply, long since) {
        pages.remove(path);
        if (!reply.lifetime().isZero() && reply.body().length() <= LONGEST_BODY) {
            pages.put(path, new Stored(reply, reply.tags(), since, reply.lifetime()));
        }
        if (pages.size() > most) {
            pages.pollFirstEntry();
        }
    }

    /** How many there were with any of these tags. */
    int purge(Set<String> tags) {
        int before = pages.size();
        pages.values().removeIf(page -> page.hasAny(tags));
        return before - pages.size();
    }

    /** Those whose path has a part that matches. */
    void ban(Pattern paths) {
        pages.keySet().removeIf(path -> paths.matcher(path).find());
    }

    /** They stay, to be asked after before they are given away again. How many there were. */
    int expire(Set<String> tags) {
        int expired = 0;
        for (Map.Entry<String, Stored> page : pages.entrySet()) {
            if (page.getValue().hasAny(tags)) {
                page.setValue(page.getValue().expired());
                expired++;
            }
        }
        return expired;
    }
}
