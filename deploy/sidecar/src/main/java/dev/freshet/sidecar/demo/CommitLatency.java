package dev.freshet.sidecar.demo;

import java.time.Duration;
import java.util.Optional;

/**
 * From commit to an acknowledgement, as one of Freshet's histograms measures it, since the beginning: the counts of a Freshet
 * that was killed are kept, up to the last time it was asked. Any thread.
 */
final class CommitLatency {
    private final String metric;
    private Buckets before = Buckets.NONE;
    private Buckets ended = Buckets.NONE;
    private Buckets running = Buckets.NONE;

    CommitLatency(String metric) {
        this.metric = metric;
    }

    /** The half and the hundredth part of all changes that took longer. */
    record Quantiles(Duration p50, Duration p99) {}

    synchronized void saw(String metrics) {
        running = Buckets.parse(metrics, metric);
    }

    /** What was seen until now does not count. */
    synchronized void begin() {
        before = ended.plus(running);
    }

    /** The next one counts from nothing. */
    synchronized void processEnded() {
        ended = ended.plus(running);
        running = Buckets.NONE;
    }

    synchronized Optional<Quantiles> quantiles() {
        var all = ended.plus(running).minus(before);
        var p50 = all.quantile(0.5);
        var p99 = all.quantile(0.99);
        return p50.isPresent() && p99.isPresent()
                ? Optional.of(new Quantiles(seconds(p50.getAsDouble()), seconds(p99.getAsDouble())))
                : Optional.empty();
    }

    private static Duration seconds(double seconds) {
        return Duration.ofNanos(Math.round(seconds * 1e9));
    }
}
