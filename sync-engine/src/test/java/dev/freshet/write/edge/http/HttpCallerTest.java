package dev.freshet.write.edge.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.freshet.write.edge.PurgeReply;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class HttpCallerTest {
    private final MockWebServer server = new MockWebServer();

    @BeforeEach
    void start() throws IOException {
        server.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aCallIsMadeAsItIsSaid() throws Exception {
        server.enqueue(new MockResponse.Builder().build());
        try (HttpCaller caller = HttpCaller.namingHosts(Duration.ofSeconds(20))) {
            caller.call(
                    new HttpCall("PURGE", at("/a%20b/../c?d=%C3%A9&e[]=f"))
                            .with("host", "first.example")
                            .with("Host", "shop.example")
                            .json("{\"é\":1}"),
                    HttpCallerTest::accepted);
        }
        RecordedRequest request = server.takeRequest();
        assertThat(request.getRequestLine()).isEqualTo("PURGE /a%20b/../c?d=%C3%A9&e[]=f HTTP/1.1");
        assertThat(request.getHeaders().values("Host")).containsExactly("shop.example");
        assertThat(request.getHeaders().get("Content-Type")).isEqualTo("application/json");
        assertThat(request.getBody())
                .isNotNull()
                .extracting(body -> body.utf8())
                .isEqualTo("{\"é\":1}");
    }

    @Test
    void aConnectionIsKept() throws Exception {
        try (HttpCaller caller = new HttpCaller(Duration.ofSeconds(20))) {
            for (int i = 0; i < 3; i++) {
                server.enqueue(new MockResponse.Builder().body("x".repeat(100)).build());
                caller.call(HttpCall.post(at("/")), HttpCallerTest::accepted);
                assertThat(server.takeRequest().getConnectionIndex()).isZero();
            }
        }
    }

    @Test
    void ofALongAnswerTheBeginningIsKept() throws Exception {
        server.enqueue(new MockResponse.Builder().body("x".repeat(2_000_000)).build());
        try (HttpCaller caller = new HttpCaller(Duration.ofSeconds(20))) {
            caller.call(HttpCall.post(at("/")), answer -> {
                assertThat(answer.body()).hasSize(512 * 1_024);
                return new PurgeReply.Accepted();
            });
        }
    }

    @Test
    void whatNoHeaderCarriesIsNotRepeated() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HttpCall.post(at("/")).withSecret("Token", "s3cret\n"))
                .withMessageContaining("Token")
                .withMessageNotContaining("s3cret");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EdgeText.header("token", "s3cret\n"))
                .withMessageContaining("token")
                .withMessageNotContaining("s3cret");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EdgeText.address("url", "https://hooks.example/s3cret secret"))
                .withMessageContaining("url")
                .withMessageNotContaining("s3cret");
        assertThatIllegalArgumentException().isThrownBy(() -> EdgeText.address("nodes", "http://varnish_1:80"));
    }

    @Test
    void aCallPrintsNothingThatMayBeSecret() {
        assertThat(HttpCall.post(URI.create("https://user:s3cret@hooks.example:8443/s3cret?s3cret"))
                        .withBearer("s3cret")
                        .withSecrets(Map.of("X-Key", "s3cret"))
                        .json("s3cret"))
                .hasToString("POST hooks.example:8443");
    }

    private static PurgeReply accepted(HttpAnswer answer) {
        return new PurgeReply.Accepted();
    }

    private URI at(String target) {
        return URI.create("http://localhost:" + server.getPort() + target);
    }
}
