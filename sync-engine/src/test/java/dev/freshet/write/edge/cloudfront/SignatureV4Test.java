package dev.freshet.write.edge.cloudfront;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** AWS's published test suite for its signature: the scripted server rejects what was signed otherwise. */
final class SignatureV4Test {
    private static final SignatureV4 SUITE =
            new SignatureV4("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", "us-east-1", "service");
    private static final String TIME = "20150830T123600Z";
    private static final Map<String, String> HEADERS = Map.of("host", "example.amazonaws.com", "x-amz-date", TIME);

    @Test
    void signsTheSuitesPlainRequest() {
        assertThat(SUITE.of(TIME, "GET", "/", "", List.of("host", "x-amz-date"), HEADERS, new byte[0]))
                .as("get-vanilla")
                .isEqualTo("5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31");
    }

    @Test
    void signsTheSuitesRequestWithParameters() {
        assertThat(SUITE.of(
                        TIME,
                        "GET",
                        "/",
                        "Param2=value2&Param1=value1",
                        List.of("host", "x-amz-date"),
                        HEADERS,
                        new byte[0]))
                .as("get-vanilla-query-order-key-case")
                .isEqualTo("b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500");
    }

    @Test
    void signsTheSuitesRequestWithABody() {
        Map<String, String> headers = Map.of(
                "content-type",
                "application/x-www-form-urlencoded",
                "host",
                "example.amazonaws.com",
                "x-amz-date",
                TIME);
        assertThat(SUITE.of(
                        TIME,
                        "POST",
                        "/",
                        "",
                        List.of("content-type", "host", "x-amz-date"),
                        headers,
                        "Param1=value1".getBytes(StandardCharsets.UTF_8)))
                .as("post-x-www-form-urlencoded")
                .isEqualTo("ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a");
    }
}
