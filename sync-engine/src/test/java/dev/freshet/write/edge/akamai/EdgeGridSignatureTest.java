package dev.freshet.write.edge.akamai;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The test data that Akamai publishes with its libraries: the scripted server rejects what was signed otherwise. */
final class EdgeGridSignatureTest {
    private static final String TIME = "20140321T19:34:21+0000";
    private static final String AUTHORIZATION = "EG1-HMAC-SHA256 client_token=akab-client-token-xxx-xxxxxxxxxxxxxxxx;"
            + "access_token=akab-access-token-xxx-xxxxxxxxxxxxxxxx;timestamp=" + TIME
            + ";nonce=nonce-xx-xxxx-xxxx-xxxx-xxxxxxxxxxxx;";
    private static final EdgeGridSignature OF_THE_CLIENT =
            new EdgeGridSignature("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx=");

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "simple GET, GET, /, '', tL+y4hxyHxgWVD30X3pWnGKHcPzmrIF+LThiAOhMxYU=",
        "GET with querystring, GET, /testapi/v1/t1?p1=1&p2=2, '', hKDH1UlnQySSHjvIcZpDMbQHihTQ0XyVAKZaApabdeA=",
        "POST inside limit, POST, /testapi/v1/t3, datadatadatadatadatadatadatadata,"
                + " hXm4iCxtpN22m4cbZb4lVLW5rhX8Ca82vCFqXzSTPe4=",
        "POST empty body, POST, /testapi/v1/t6, '', 1gEDxeQGD5GovIkJJGcBaKnZ+VaPtrc4qBUHixjsPCQ=",
        "PUT test, PUT, /testapi/v1/t6, PPPPPPPPPPPPPPPPPPPPPPPPPPPPPPP,"
                + " GNBWEYSEWOLtu+7dD52da2C39aX/Jchpon3K/AmBqBU=",
    })
    void isThatOfThePublishedCase(String name, String method, String target, String body, String signature) {
        assertThat(OF_THE_CLIENT.of(
                        method,
                        "akaa-baseurl-xxxxxxxxxxx-xxxxxxxxxxxxx.luna.akamaiapis.net",
                        target,
                        body.getBytes(StandardCharsets.UTF_8),
                        AUTHORIZATION,
                        TIME))
                .as(name)
                .isEqualTo(signature);
    }
}
