package dev.freshet.sidecar.demo;

import java.time.Duration;
import java.util.Optional;

/**
 * The figures so far.
 *
 * @param elapsed since traffic began
 * @param changes rows that the shopkeepers' commits changed
 * @param edgeMake what stands in front of the shop
 * @param breakage what was killed, once it was
 * @param agreement of entries, pages and rows after the end; empty before that
 */
record Standing(
        Duration elapsed,
        long commits,
        long changes,
        Comparison.Seen caches,
        Comparison.Seen edges,
        String edgeMake,
        Optional<CommitLatency.Quantiles> commitToCache,
        Optional<CommitLatency.Quantiles> commitToEdge,
        Optional<Breakage.Report> breakage,
        Optional<Agreement> agreement) {}
