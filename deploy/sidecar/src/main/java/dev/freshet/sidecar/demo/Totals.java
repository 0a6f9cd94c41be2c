package dev.freshet.sidecar.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Optional;

/**
 * The figures as one JSON object. {@code changes}: rows that the shopkeepers' commits changed; {@code reads}: of each of
 * the two caches, or edges; times in milliseconds; what was not measured is null.
 */
final class Totals {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Totals() {}

    static String json(Standing standing) {
        var totals = JSON.createObjectNode();
        totals.put("seconds", round(standing.elapsed().toNanos() / 1e9));
        totals.put("commits", standing.commits());
        totals.put("changes", standing.changes());
        compare(totals, standing.caches(), "from_database");
        totals.set("commit_to_cache_ms", latency(standing.commitToCache()));
        var edge = totals.putObject("edge");
        edge.put("make", standing.edgeMake());
        compare(edge, standing.edges(), "from_origin");
        totals.set("commit_to_edge_ms", latency(standing.commitToEdge()));
        standing.agreement()
                .ifPresent(agreement -> totals.putObject("end")
                        .put("entries", agreement.products())
                        .put("differing", agreement.entriesDiffering())
                        .put("pages", agreement.products())
                        .put("pages_differing", agreement.pagesDiffering()));
        standing.breakage().ifPresent(report -> {
            var broken = totals.putObject("broken");
            broken.put("part", report.victim().toString()).put("at_ms", millis(report.at()));
            report.back().ifPresentOrElse(back -> broken.put("back_ms", millis(back)), () -> broken.putNull("back_ms"));
        });
        return totals.toString();
    }

    private static void compare(ObjectNode figures, Comparison.Seen seen, String missed) {
        figures.put("reads", seen.ttl().reads());
        figures.set("ttl", twin(seen.ttl(), missed));
        figures.set("freshet", twin(seen.freshet(), missed));
    }

    private static ObjectNode twin(Freshness freshness, String missed) {
        var twin = JSON.createObjectNode();
        twin.put("stale_reads", freshness.stale());
        twin.put(missed, freshness.missed());
        twin.putObject("stale_ms").put("p50", millis(freshness.median())).put("max", millis(freshness.oldest()));
        return twin;
    }

    private static ObjectNode latency(Optional<CommitLatency.Quantiles> measured) {
        var latency = JSON.createObjectNode();
        measured.ifPresentOrElse(
                quantiles -> latency.put("p50", millis(quantiles.p50())).put("p99", millis(quantiles.p99())),
                () -> latency.putNull("p50").putNull("p99"));
        return latency;
    }

    private static double millis(Duration duration) {
        return round(duration.toNanos() / 1e6);
    }

    private static double round(double value) {
        return Math.round(value * 1_000) / 1_000.0;
    }
}
