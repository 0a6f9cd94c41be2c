package dev.freshet.sidecar.demo.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplyTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    200 | public, s-maxage=60            | PT1M
                    200 | max-age=5, S-MaxAge=60         | PT1M
                    200 | max-age=5                      | PT5S
                    200 | s-maxage=0, max-age=5          | PT0S
                    200 | public                         | PT0S
                    200 | private, max-age=60            | PT0S
                    200 | no-store, s-maxage=60          | PT0S
                    200 | s-maxage=soon                  | PT0S
                    404 | s-maxage=60                    | PT1M
                    500 | s-maxage=60                    | PT0S
                    304 | s-maxage=60                    | PT0S
                    """)
    void aSharedCacheKeepsWhatItIsAllowedTo(int status, String cacheControl, Duration lifetime) {
        assertThat(new Reply(status, Map.of("cache-control", cacheControl), "").lifetime())
                .isEqualTo(lifetime);
    }

    @Test
    void tagsStandBetweenSpacesAndCommas() {
        assertThat(new Reply(200, Map.of("xkey", " a b,c,  a"), "").tags()).containsExactlyInAnyOrder("a", "b", "c");
    }
}
