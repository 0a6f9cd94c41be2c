package dev.freshet.write.edge.akamai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.write.edge.http.HttpAnswer;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class RateLimitTest {
    @Test
    void aSpentBucketOfObjectsIsWaitedForUntilTheCallFits() {
        assertThat(wait(
                        Map.of(
                                "X-Ratelimit-Remaining", "99",
                                "X-Ratelimit-Limit-Per-Second", "50.00",
                                "X-Ratelimit-Remaining-Objects", "94",
                                "X-Ratelimit-Limit-Per-Second-Objects", "8.00"),
                        "{\"rateLimitCurrentRequestSize\":110}"))
                .hasSeconds(2);
    }

    @Test
    void aSpentBucketOfRequestsIsWaitedForUntilItHoldsOne() {
        assertThat(wait(
                        Map.of(
                                "X-Ratelimit-Remaining", "0",
                                "X-Ratelimit-Limit-Per-Second", "50.00",
                                "X-Ratelimit-Remaining-Objects", "9904",
                                "X-Ratelimit-Limit-Per-Second-Objects", "200.00"),
                        "{\"rateLimitCurrentRequestSize\":1}"))
                .hasMillis(20);
    }

    @Test
    void whereNothingSaysMoreItIsAsTheDocumentationAdvises() {
        assertThat(wait(Map.of(), "{}")).hasSeconds(5);
        assertThat(wait(Map.of("X-Ratelimit-Remaining", "soon", "X-Ratelimit-Limit-Per-Second", "0"), "no JSON"))
                .hasSeconds(5);
    }

    private static Duration wait(Map<String, String> headers, String body) {
        Map<String, List<String>> lists = headers.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, each -> List.of(each.getValue())));
        return RateLimit.wait(new HttpAnswer("akamai", 429, HttpHeaders.of(lists, (name, value) -> true), body))
                .orElseThrow();
    }
}
