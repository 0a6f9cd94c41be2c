package dev.freshet.sidecar.demo.edge;

import dev.freshet.sidecar.demo.edge.StoredPages.Stored;
import java.util.Collections;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;

/** A question to the origin. Its cache guards all of it but the answer. */
final class Fetch {
    private final String path;
    private final Optional<Stored> outdated;
    private final long began;
    private final Set<String> purgedSince = new HashSet<>();
    private final CompletableFuture<Served> answer = new CompletableFuture<>();
    private boolean banned;

    /**
     * @param outdated what is kept of the page, no longer good as it is
     * @param began as {@link System#nanoTime()}
     */
    Fetch(String path, Optional<Stored> outdated, long began) {
        this.path = path;
        this.outdated = outdated;
        this.began = began;
    }

    String path() {
        return path;
    }

    /** With which the origin may say that what is kept is good after all. */
    Optional<String> etag() {
        return outdated.flatMap(page -> page.reply().etag());
    }

    long began() {
        return began;
    }

    /** What the origin's reply comes to. */
    Reply page(Reply reply) {
        return reply.isUnchanged() && outdated.isPresent() ? outdated.get().reply() : reply;
    }

    void purged(Set<String> tags) {
        purgedSince.addAll(tags);
    }

    void banned(Pattern paths) {
        banned |= paths.matcher(path).find();
    }

    /** Whoever asks after a purge must not get what was asked for before it. */
    boolean canBeShared() {
        return purgedSince.isEmpty() && !banned;
    }

    /** Whether a purge meant this page while it was on its way. */
    boolean isOvertaken(Reply page) {
        return banned || !Collections.disjoint(page.tags(), purgedSince);
    }

    CompletableFuture<Served> answer() {
        return answer;
    }
}
