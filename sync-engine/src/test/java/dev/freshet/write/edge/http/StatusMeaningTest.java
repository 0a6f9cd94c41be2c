package dev.freshet.write.edge.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.write.edge.PurgeReply;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class StatusMeaningTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-20T10:00:00Z"));

    @ParameterizedTest
    @CsvSource({
        "200, Accepted",
        "202, Accepted",
        "204, Accepted",
        "301, Failed",
        "307, Failed",
        "199, Failed",
        "400, Refused",
        "404, Refused",
        "405, Refused",
        "422, Refused",
        "451, Refused",
        "401, Shut",
        "403, Shut",
        "408, Failed",
        "413, TooLarge",
        "429, Limited",
        "500, Failed",
        "503, Failed",
        "504, Failed",
        "599, Failed",
        "999, Failed"
    })
    void aStatusMeansTheSameWhoeverAnswers(int status, String meaning) {
        PurgeReply reply = new StatusMeaning(CLOCK).of(answer(status, Map.of()), taken -> new PurgeReply.Accepted());
        assertThat(reply.getClass().getSimpleName()).isEqualTo(meaning);
    }

    @Test
    void whatABodySaysOfALimitCountsWhereNoHeaderDoes() {
        StatusMeaning meaning = new StatusMeaning(CLOCK, answer -> Optional.of(Duration.ofSeconds(5)));
        assertThat(limit(meaning, Map.of())).hasSeconds(5);
        assertThat(limit(meaning, Map.of("Retry-After", List.of("7")))).hasSeconds(7);
        assertThat(limit(new StatusMeaning(CLOCK, answer -> Optional.of(Duration.ofDays(9))), Map.of()))
                .hasHours(1);
        assertThat(limit(new StatusMeaning(CLOCK), Map.of())).isZero();
    }

    @Test
    void aReasonIsOneShortLine() {
        HttpAnswer answer = new HttpAnswer(
                "api.example", 400, HttpHeaders.of(Map.of(), (name, value) -> true), "no\r\n\tgood" + "!".repeat(900));
        assertThat(answer.says())
                .startsWith("api.example answered 400: no good!")
                .hasSizeLessThan(250)
                .hasLineCount(1);
    }

    private static Duration limit(StatusMeaning meaning, Map<String, List<String>> headers) {
        return ((PurgeReply.Limited) meaning.of(answer(429, headers), taken -> new PurgeReply.Accepted())).after();
    }

    private static HttpAnswer answer(int status, Map<String, List<String>> headers) {
        return new HttpAnswer("localhost", status, HttpHeaders.of(headers, (name, value) -> true), "");
    }
}
