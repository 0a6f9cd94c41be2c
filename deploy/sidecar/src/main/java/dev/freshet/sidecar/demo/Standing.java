package dev.freshet.sidecar.demo;

import java.time.Duration;
import java.util.Optional;

/**
 * The figures so far.
 *
 * @param elapsed since traffic began
 * @param changes rows that the shopkeepers' commits changed
 * @param breakage what was killed, once it was
 * @param agreement of entries and rows after the end; empty before that
 */
record Standing(
        Duration elapsed,
        long commits,
        long changes,
        Freshness ttl,
        Freshness freshet,
        Optional<CommitToCache.Quantiles> commitToCache,
        Optional<Breakage.Report> breakage,
        Optional<Agreement> agreement) {}
