package dev.freshet.sidecar.demo.edge;

import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;

/**
 * Which reader gets a page out of memory, which one asks the origin, and who waits for that. A page that a purge overtook on
 * its way is given to those who had asked before, and not kept. Never waits; safe for any thread.
 */
final class PageCache {
    private final StoredPages pages;
    private final LongSupplier nanoTime;
    private final Set<Fetch> underWay = new HashSet<>();

    /** @param most pages kept */
    PageCache(int most, LongSupplier nanoTime) {
        this.pages = new StoredPages(most);
        this.nanoTime = nanoTime;
    }

    synchronized Lookup look(String path) {
        long now = nanoTime.getAsLong();
        var stored = pages.find(path);
        if (stored.isPresent() && stored.get().isFresh(now)) {
            var page = stored.get();
            return new Lookup.Hit(new Served(page.reply(), true, Duration.ofNanos(now - page.since())));
        }
        Optional<Fetch> same = underWay.stream()
                .filter(fetch -> fetch.path().equals(path) && fetch.canBeShared())
                .findAny();
        if (same.isPresent()) {
            return new Lookup.Join(same.get().answer());
        }
        var fetch = new Fetch(path, stored, now);
        underWay.add(fetch);
        return new Lookup.Miss(fetch);
    }

    /** The origin answered. */
    void arrived(Fetch fetch, Reply reply) {
        var page = fetch.page(reply);
        synchronized (this) {
            underWay.remove(fetch);
            if (!fetch.isOvertaken(page)) {
                pages.store(fetch.path(), page, fetch.began());
            }
        }
        fetch.answer().complete(new Served(page, false, Duration.ZERO));
    }

    /** The origin did not answer, which is no reason to forget what is kept. */
    void failed(Fetch fetch, Exception reason) {
        synchronized (this) {
            underWay.remove(fetch);
        }
        fetch.answer().completeExceptionally(reason);
    }

    /** How many pages went. */
    synchronized int purge(Set<String> tags) {
        underWay.forEach(fetch -> fetch.purged(tags));
        return pages.purge(tags);
    }

    /** Takes the pages whose path has a part that matches, and those on their way. */
    synchronized void ban(Pattern paths) {
        underWay.forEach(fetch -> fetch.banned(paths));
        pages.ban(paths);
    }

    /** As a purge, but what is kept stays until the origin was asked whether it is good after all. How many pages. */
    synchronized int softPurge(Set<String> tags) {
        underWay.forEach(fetch -> fetch.purged(tags));
        return pages.expire(tags);
    }
}
