package dev.freshet.write.edge.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AskedDelayTest {
    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");

    /** Headers are divided by bars; nothing stands for no delay. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            value = {
                "Retry-After: 7                                                  > PT7S",
                "retry-after:  0                                                 > PT0S",
                "Retry-After: Fri, 20 Nov 2026 10:01:30 GMT                      > PT1M30S",
                "Retry-After: Fri, 20 Nov 2026 09:59:00 GMT                      > PT0S",
                "Retry-After: soon                                               >",
                "Retry-After: -3                                                 >",
                "Retry-After: 999999999999999999                                 > PT1H",
                "Retry-After: 9999999999999999999999                             >",
                "Fastly-RateLimit-Reset: 1795168845                              > PT45S",
                "Fastly-RateLimit-Reset: 1795168000                              > PT0S",
                "Ratelimit: \"default\";r=0;t=30                                 > PT30S",
                "Ratelimit: \"default\";r=50;t=30                                > PT30S",
                "Ratelimit: \"burst\";r=3;t=60, \"default\";r=0;t=5              > PT5S",
                "Ratelimit: \"burst\";r=0;t=60, \"default\";r=0;t=5              > PT1M",
                "Ratelimit: \"default\"                                          >",
                "RateLimit-Reset: 12                                             > PT12S",
                "RateLimit-Reset: 1795168845                                     > PT45S",
                "RateLimit-Reset: 12 | Retry-After: 7                            > PT7S",
                "Fastly-RateLimit-Reset: 1795168845 | Retry-After: 7             > PT7S",
                "Ratelimit: \"a\";r=0;t=30 | Fastly-RateLimit-Reset: 1795168845  > PT45S",
                "RateLimit-Reset: 12 | Ratelimit: \"a\";r=0;t=30                 > PT30S",
                "Retry-After: soon | RateLimit-Reset: 12                         > PT12S",
                "X-Other: 7                                                      >",
            })
    void theFirstHeaderThatSaysHowLongIsBelieved(String headers, Duration delay) {
        assertThat(AskedDelay.byHeaders(answer(headers), NOW)).isEqualTo(Optional.ofNullable(delay));
    }

    @ParameterizedTest
    @CsvSource({"RateLimit-Reset: 12", "Fastly-RateLimit-Reset: 1795168845", "X-Other: 7"})
    void aFailureIsNotALimit(String headers) {
        assertThat(AskedDelay.retryAfter(answer(headers), NOW)).isEmpty();
    }

    private static HttpAnswer answer(String headers) {
        Map<String, List<String>> each = Arrays.stream(headers.split(" \\| "))
                .map(header -> header.split(":", 2))
                .collect(Collectors.toMap(header -> header[0], header -> List.of(header[1].strip())));
        return new HttpAnswer("localhost", 429, HttpHeaders.of(each, (name, value) -> true), "");
    }
}
