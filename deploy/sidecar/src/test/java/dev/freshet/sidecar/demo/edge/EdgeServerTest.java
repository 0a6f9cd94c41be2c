package dev.freshet.sidecar.demo.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EdgeServerTest {
    private final AtomicInteger questions = new AtomicInteger();
    private LoopbackServer origin;
    private EdgeServer edge;
    private PageClient reader;

    @BeforeEach
    void start() throws IOException {
        origin = new LoopbackServer(0, "origin", exchange -> {
            try (exchange) {
                questions.incrementAndGet();
                var body = "page %s".formatted(exchange.getRequestURI()).getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().set("Cache-Control", "s-maxage=60");
                exchange.getResponseHeaders().set("ETag", "\"1\"");
                exchange.getResponseHeaders().set("xkey", "all product-17");
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            }
        });
        edge = new EdgeServer(0, new PageClient(origin.port()));
        reader = new PageClient(edge.port());
    }

    @AfterEach
    void stop() {
        edge.close();
        origin.close();
    }

    private HttpResponse<String> send(String method, String... headers) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d/".formatted(edge.port())))
                .method(method, HttpRequest.BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        try (var client = HttpClient.newHttpClient()) {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    @Test
    void theSecondReaderGetsWhatTheFirstOneFetched() throws IOException {
        var first = reader.get("/p/17?x=1");
        var second = reader.get("/p/17?x=1");

        assertThat(first.header("cache-status")).contains("edge; fwd=miss");
        assertThat(second.header("cache-status")).contains("edge; hit");
        assertThat(second.body()).isEqualTo(first.body()).isEqualTo("page /p/17?x=1");
        assertThat(questions).hasValue(1);
    }

    @Test
    void tagsStayAtTheEdge() throws IOException {
        assertThat(reader.get("/p/17").header("xkey")).isEmpty();
    }

    @Test
    void aPurgeSaysHowManyPagesWent() throws IOException, InterruptedException {
        reader.get("/p/17");
        reader.get("/p/18");

        var purged = send("PURGE", "xkey-purge", "nothing all");

        assertThat(purged.statusCode()).isEqualTo(200);
        assertThat(purged.headers().firstValue("xkey-purged")).contains("2");
        assertThat(reader.get("/p/17").header("cache-status")).contains("edge; fwd=miss");
    }

    @Test
    void aSoftPurgeHasThePageAskedAfter() throws IOException, InterruptedException {
        reader.get("/p/17");

        assertThat(send("PURGE", "xkey-softpurge", "product-17").headers().firstValue("xkey-purged"))
                .contains("1");

        reader.get("/p/17");
        assertThat(questions).hasValue(2);
    }

    @Test
    void aBanTakesThePagesWhosePathsMatch() throws IOException, InterruptedException {
        reader.get("/p/17");
        reader.get("/about");

        assertThat(send("BAN", "ban-url", "^/p/").statusCode()).isEqualTo(200);

        assertThat(reader.get("/p/17").header("cache-status")).contains("edge; fwd=miss");
        assertThat(reader.get("/about").header("cache-status")).contains("edge; hit");
    }

    @Test
    void aReaderThatHasThePageIsToldSo() throws IOException {
        assertThat(reader.get("/p/17", Optional.of("\"1\"")).status()).isEqualTo(304);
        assertThat(reader.get("/p/17", Optional.of("\"2\"")).status()).isEqualTo(200);
    }

    @Test
    void aPurgeWithoutTagsAndOtherMethodsAreRefused() throws IOException, InterruptedException {
        assertThat(send("PURGE").statusCode()).isEqualTo(400);
        assertThat(send("BAN").statusCode()).isEqualTo(400);
        assertThat(send("POST").statusCode()).isEqualTo(405);
    }

    @Test
    void anOriginThatIsAwayIsABadGateway() throws IOException {
        origin.close();

        assertThat(reader.get("/p/17").status()).isEqualTo(502);
    }
}
