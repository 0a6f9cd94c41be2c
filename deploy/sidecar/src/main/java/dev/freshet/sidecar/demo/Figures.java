package dev.freshet.sidecar.demo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The figures as text. */
final class Figures {
    private Figures() {}

    /** A few lines of a fixed number, so that they can be drawn over. */
    static List<String> lines(Standing standing) {
        long ttl = TtlTwin.TTL.toSeconds();
        return List.of(
                "%s: %,d commits of %,d rows, %,d reads of each cache and %,d of each edge (%s)"
                        .formatted(
                                seconds(standing.elapsed()),
                                standing.commits(),
                                standing.changes(),
                                standing.caches().ttl().reads(),
                                standing.edges().ttl().reads(),
                                standing.edgeMake()),
                "  cache  TTL %d s  %s".formatted(ttl, stale(standing.caches().ttl())),
                "  cache  Freshet  %s".formatted(stale(standing.caches().freshet())),
                "  edge   TTL %d s  %s".formatted(ttl, stale(standing.edges().ttl())),
                "  edge   Freshet  %s".formatted(stale(standing.edges().freshet())),
                "  commit to cache  %s; to edge  %s"
                        .formatted(latency(standing.commitToCache()), latency(standing.commitToEdge())),
                "  %s".formatted(event(standing)));
    }

    /** One line for a log. */
    static String line(Standing standing) {
        return "%s  commits %d  stale reads: cache TTL %s, Freshet %s; edge TTL %s, Freshet %s  commit to cache %s; to edge %s  %s"
                .formatted(
                        seconds(standing.elapsed()),
                        standing.commits(),
                        share(standing.caches().ttl()),
                        share(standing.caches().freshet()),
                        share(standing.edges().ttl()),
                        share(standing.edges().freshet()),
                        latency(standing.commitToCache()),
                        latency(standing.commitToEdge()),
                        event(standing))
                .strip();
    }

    static String summary(Standing standing) {
        var lines = new ArrayList<>(lines(standing));
        if (standing.breakage().isEmpty()) {
            lines.removeLast();
        }
        standing.agreement().ifPresent(agreement -> lines.add(agreement(agreement)));
        lines.add("A read is stale when it shows an older revision than was committed before the read began.");
        return String.join(System.lineSeparator(), lines);
    }

    private static String agreement(Agreement agreement) {
        return "  in the end, of %d products, %s and %s"
                .formatted(
                        agreement.products(),
                        differing("entries", agreement.entriesDiffering()),
                        differing("pages", agreement.pagesDiffering()));
    }

    private static String differing(String what, int number) {
        return number == 0 ? "all %s agree with their rows".formatted(what) : "%d %s DIFFER".formatted(number, what);
    }

    private static String stale(Freshness freshness) {
        return "stale reads %,9d (%s)  typically by %s, at most by %s"
                .formatted(freshness.stale(), percent(freshness), time(freshness.median()), time(freshness.oldest()));
    }

    private static String share(Freshness freshness) {
        return "%d (%s, at most by %s)".formatted(freshness.stale(), percent(freshness), time(freshness.oldest()));
    }

    private static String percent(Freshness freshness) {
        return String.format(Locale.ROOT, "%6.3f %%", freshness.stalePercent());
    }

    private static String latency(Optional<CommitLatency.Quantiles> measured) {
        return measured.map(quantiles -> "p50 %s, p99 %s".formatted(time(quantiles.p50()), time(quantiles.p99())))
                .orElse("not measured yet");
    }

    private static String event(Standing standing) {
        return standing.breakage()
                .map(report -> "%s killed at %s, %s"
                        .formatted(
                                report.victim(),
                                seconds(report.at()),
                                report.back()
                                        .map(back -> "back after " + time(back))
                                        .orElse("not back yet")))
                .orElse("");
    }

    static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toNanos() / 1e9);
    }

    private static String time(Duration duration) {
        double millis = duration.toNanos() / 1e6;
        return millis < 1_000 ? String.format(Locale.ROOT, "%.1f ms", millis) : seconds(duration);
    }
}
