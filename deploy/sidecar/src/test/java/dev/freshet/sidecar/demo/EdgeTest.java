package dev.freshet.sidecar.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.freshet.sidecar.demo.edge.EdgeServer;
import dev.freshet.sidecar.demo.edge.LoopbackServer;
import dev.freshet.sidecar.demo.edge.PageClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the demo needs of an edge, whichever it is. */
class EdgeTest {
    private final AtomicLong revision = new AtomicLong(1);
    private final Product product = new Product(17, new History(1, 0));
    private Leftovers leftovers;
    private LoopbackServer origin;

    enum Make {
        VARNISH,
        SMALL
    }

    @BeforeEach
    void start() throws IOException {
        leftovers = new Leftovers();
        origin = new LoopbackServer(0, "origin", exchange -> {
            try (exchange) {
                if (!exchange.getRequestURI().getPath().equals("/p/17")) {
                    exchange.getResponseHeaders().set("Cache-Control", "no-store");
                    exchange.sendResponseHeaders(404, -1);
                    return;
                }
                var body = "{\"revision\":%d}".formatted(revision.get()).getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().set("Cache-Control", "public, max-age=0, s-maxage=60");
                exchange.getResponseHeaders().set("xkey", "product-17");
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            }
        });
    }

    @AfterEach
    void stop() {
        leftovers.close();
        origin.close();
    }

    private Edge edge(Make make) throws IOException, DemoException, InterruptedException {
        return switch (make) {
            case SMALL -> new Edge.Small(new EdgeServer(0, new PageClient(origin.port())));
            case VARNISH -> {
                var program = Installed.program("varnishd");
                assumeThat(program).as("an installed Varnish").isPresent();
                int port = FreePort.find(new SplittableRandom());
                var varnish = VarnishServer.launch(leftovers, program.get(), "edge", port, origin.port());
                assumeThat(varnish.hasStarted()).as("with a compiler and xkey").isTrue();
                yield varnish;
            }
        };
    }

    private static void send(Edge edge, String method, String header, String value)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d/".formatted(edge.port())))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .header(header, value)
                .build();
        try (var client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            assertThat(client.send(request, HttpResponse.BodyHandlers.discarding())
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aPageIsKeptUntilItIsPurged(Make make) throws IOException, DemoException, InterruptedException {
        try (var edge = edge(make)) {
            var reader = new EdgeTwin(edge);
            assertThat(reader.read(product)).isEqualTo(new Sighting.FromOrigin(OptionalLong.of(1)));
            revision.set(2);
            assertThat(reader.read(product)).isEqualTo(new Sighting.Kept(1));

            send(edge, "PURGE", "xkey-purge", "product-16 product-17");

            assertThat(reader.read(product)).isEqualTo(new Sighting.FromOrigin(OptionalLong.of(2)));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aGapTakesEveryPage(Make make) throws IOException, DemoException, InterruptedException {
        try (var edge = edge(make)) {
            var reader = new EdgeTwin(edge);
            assertThat(reader.read(product)).isEqualTo(new Sighting.FromOrigin(OptionalLong.of(1)));
            revision.set(2);

            send(edge, "BAN", "ban-url", "^/");

            assertThat(reader.read(product)).isEqualTo(new Sighting.FromOrigin(OptionalLong.of(2)));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aProductThatIsGoneHasNoPage(Make make) throws IOException, DemoException, InterruptedException {
        try (var edge = edge(make)) {
            assertThat(new EdgeTwin(edge).read(new Product(18, new History(1, 0))))
                    .isEqualTo(new Sighting.FromOrigin(OptionalLong.empty()));
        }
    }
}
