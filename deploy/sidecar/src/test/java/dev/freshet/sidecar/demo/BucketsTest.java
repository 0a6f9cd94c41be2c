package dev.freshet.sidecar.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class BucketsTest {
    private static final String PAGE = """
            # HELP latency_seconds How long
            # TYPE latency_seconds histogram
            latency_seconds_bucket{le="0.001"} 10
            latency_seconds_bucket{le="0.002",} 30.0
            latency_seconds_bucket{le="0.004"} 40 1763850000000
            latency_seconds_bucket{le="+Inf"} 40
            latency_seconds_count 40
            latency_seconds_sum 0.05
            other_latency_seconds_bucket{le="0.001"} 7
            """;

    private static double quantile(Buckets buckets, double share) {
        return buckets.quantile(share).orElseThrow();
    }

    @Test
    void readsTheBucketsOfOneMetric() {
        assertThat(Buckets.parse(PAGE, "latency_seconds").cumulative())
                .isEqualTo(
                        new TreeMap<>(Map.of(0.001, 10.0, 0.002, 30.0, 0.004, 40.0, Double.POSITIVE_INFINITY, 40.0)));
    }

    @Test
    void addsUpSeriesThatDifferInOtherLabels() {
        var page = """
                latency_bucket{table="public.a,le=\\"9\\"",le="1.0"} 1
                latency_bucket{le="1.0",table="b}"} 2
                """;

        assertThat(Buckets.parse(page, "latency").cumulative()).isEqualTo(new TreeMap<>(Map.of(1.0, 3.0)));
    }

    @Test
    void quantilesAreInterpolatedWithinTheirBucket() {
        var buckets = Buckets.parse(PAGE, "latency_seconds");

        assertThat(quantile(buckets, 0.5)).isCloseTo(0.0015, within(1e-9));
        assertThat(quantile(buckets, 0.99)).isCloseTo(0.00392, within(1e-9));
    }

    @Test
    void aQuantileBeyondTheLastBoundIsThatBound() {
        var buckets = new Buckets(new TreeMap<>(Map.of(1.0, 1.0, Double.POSITIVE_INFINITY, 100.0)));

        assertThat(quantile(buckets, 0.99)).isEqualTo(1.0);
    }

    @Test
    void nothingCountedHasNoQuantiles() {
        assertThat(Buckets.NONE.quantile(0.5)).isEmpty();
        assertThat(new Buckets(new TreeMap<>(Map.of(1.0, 0.0))).quantile(0.5)).isEmpty();
    }

    @Test
    void countsOfAKilledProcessAreKept() {
        var commitToCache = new CommitLatency("freshet_commit_to_cache_seconds");
        commitToCache.saw("""
                freshet_commit_to_cache_seconds_bucket{le="0.001"} 100
                freshet_commit_to_cache_seconds_bucket{le="1.0"} 100
                """);
        commitToCache.processEnded();
        commitToCache.saw("""
                freshet_commit_to_cache_seconds_bucket{le="0.001"} 0
                freshet_commit_to_cache_seconds_bucket{le="1.0"} 100
                """);

        assertThat(commitToCache.quantiles().orElseThrow().p50()).isEqualTo(Duration.ofMillis(1));
    }
}
