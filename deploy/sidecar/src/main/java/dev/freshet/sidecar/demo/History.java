package dev.freshet.sidecar.demo;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalLong;

/**
 * The committed revisions of one product and when each was committed, as its one writer learned after the commit returned.
 * A deletion is the last revision. Times are {@link System#nanoTime()}. Any thread may ask.
 */
final class History {
    /** More than a product gets while an entry can reasonably be stale; what fell out makes a stale read look younger. */
    private static final int KEPT = 256;

    private final Deque<Commit> commits = new ArrayDeque<>();

    private record Commit(long revision, long at) {}

    History(long revision, long at) {
        commits.addLast(new Commit(revision, at));
    }

    synchronized void committed(long revision, long at) {
        if (revision <= newest()) {
            throw new IllegalArgumentException("revision %d after %d".formatted(revision, newest()));
        }
        if (commits.size() == KEPT) {
            commits.removeFirst();
        }
        commits.addLast(new Commit(revision, at));
    }

    synchronized long newest() {
        return commits.getLast().revision();
    }

    /** When the entry that shows this revision ceased to be true; empty where it still is. */
    synchronized OptionalLong outdatedAt(long shown) {
        for (var commit : commits) {
            if (commit.revision() > shown) {
                return OptionalLong.of(commit.at());
            }
        }
        return OptionalLong.empty();
    }
}
