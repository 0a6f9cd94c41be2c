package dev.freshet.sidecar.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;

/**
 * The figures as one JSON object. {@code changes}: rows that the shopkeepers' commits changed; {@code reads}: of each of
 * the two caches; times in milliseconds; what was not measured is null.
 */
final class Totals {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Totals() {}

    static String json(Standing standing) {
        var totals = JSON.createObjectNode();
        totals.put("seconds", round(standing.elapsed().toNanos() / 1e9));
        totals.put("commits", standing.commits());
        totals.put("changes", standing.changes());
        totals.put("reads", standing.ttl().reads());
        totals.set("ttl", twin(standing.ttl()));
        totals.set("freshet", twin(standing.freshet()));
        var commitToCache = totals.putObject("commit_to_cache_ms");
        standing.commitToCache()
                .ifPresentOrElse(
                        quantiles -> commitToCache
                                .put("p50", millis(quantiles.p50()))
                                .put("p99", millis(quantiles.p99())),
                        () -> commitToCache.putNull("p50").putNull("p99"));
        standing.agreement()
                .ifPresent(agreement -> totals.putObject("end")
                        .put("entries", agreement.entries())
                        .put("differing", agreement.differing()));
        standing.breakage().ifPresent(report -> {
            var broken = totals.putObject("broken");
            broken.put("part", report.victim().toString()).put("at_ms", millis(report.at()));
            report.back().ifPresentOrElse(back -> broken.put("back_ms", millis(back)), () -> broken.putNull("back_ms"));
        });
        return totals.toString();
    }

    private static ObjectNode twin(Freshness freshness) {
        var twin = JSON.createObjectNode();
        twin.put("stale_reads", freshness.stale());
        twin.put("from_database", freshness.fromDatabase());
        twin.putObject("stale_ms").put("p50", millis(freshness.median())).put("max", millis(freshness.oldest()));
        return twin;
    }

    private static double millis(Duration duration) {
        return round(duration.toNanos() / 1e6);
    }

    private static double round(double value) {
        return Math.round(value * 1_000) / 1_000.0;
    }
}
