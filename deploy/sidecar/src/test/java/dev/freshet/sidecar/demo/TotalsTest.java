package dev.freshet.sidecar.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TotalsTest {
    private static final Freshness TTL =
            new Freshness(100, 40, 9, Duration.ofMillis(1_500), Duration.ofNanos(4_900_123_456L));
    private static final Freshness FRESHET =
            new Freshness(100, 1, 2, Duration.ofNanos(2_500_000), Duration.ofMillis(12));
    private static final Freshness EDGE_TTL =
            new Freshness(20, 8, 3, Duration.ofMillis(1_600), Duration.ofMillis(4_950));
    private static final Freshness EDGE_FRESHET = new Freshness(20, 1, 12, Duration.ofMillis(3), Duration.ofMillis(3));

    @Test
    void allFiguresStandInOneLine() {
        var standing = new Standing(
                Duration.ofSeconds(20),
                4_000,
                4_700,
                new Comparison.Seen(TTL, FRESHET),
                new Comparison.Seen(EDGE_TTL, EDGE_FRESHET),
                "Varnish",
                Optional.of(new CommitLatency.Quantiles(Duration.ofNanos(2_400_000), Duration.ofMillis(7))),
                Optional.of(new CommitLatency.Quantiles(Duration.ofMillis(4), Duration.ofMillis(11))),
                Optional.of(
                        new Breakage.Report(Victim.CACHE, Duration.ofSeconds(10), Optional.of(Duration.ofMillis(900)))),
                Optional.of(new Agreement(500, 0, 2)));

        assertThat(Totals.json(standing))
                .isEqualTo("{\"seconds\":20.0,\"commits\":4000,\"changes\":4700,\"reads\":100,"
                        + "\"ttl\":{\"stale_reads\":40,\"from_database\":9,\"stale_ms\":{\"p50\":1500.0,\"max\":4900.123}},"
                        + "\"freshet\":{\"stale_reads\":1,\"from_database\":2,\"stale_ms\":{\"p50\":2.5,\"max\":12.0}},"
                        + "\"commit_to_cache_ms\":{\"p50\":2.4,\"p99\":7.0},"
                        + "\"edge\":{\"make\":\"Varnish\",\"reads\":20,"
                        + "\"ttl\":{\"stale_reads\":8,\"from_origin\":3,\"stale_ms\":{\"p50\":1600.0,\"max\":4950.0}},"
                        + "\"freshet\":{\"stale_reads\":1,\"from_origin\":12,\"stale_ms\":{\"p50\":3.0,\"max\":3.0}}},"
                        + "\"commit_to_edge_ms\":{\"p50\":4.0,\"p99\":11.0},"
                        + "\"end\":{\"entries\":500,\"differing\":0,\"pages\":500,\"pages_differing\":2},"
                        + "\"broken\":{\"part\":\"cache\",\"at_ms\":10000.0,\"back_ms\":900.0}}");
    }

    @Test
    void whatWasNotMeasuredIsNull() {
        var standing = new Standing(
                Duration.ofSeconds(1),
                0,
                0,
                new Comparison.Seen(TTL, FRESHET),
                new Comparison.Seen(EDGE_TTL, EDGE_FRESHET),
                "Varnish",
                Optional.empty(),
                Optional.empty(),
                Optional.of(new Breakage.Report(Victim.FRESHET, Duration.ZERO, Optional.empty())),
                Optional.empty());

        assertThat(Totals.json(standing))
                .contains("\"commit_to_cache_ms\":{\"p50\":null,\"p99\":null}")
                .contains("\"commit_to_edge_ms\":{\"p50\":null,\"p99\":null}")
                .contains("\"back_ms\":null")
                .doesNotContain("\"end\"");
    }
}
