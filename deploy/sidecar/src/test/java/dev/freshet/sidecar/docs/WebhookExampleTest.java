package dev.freshet.sidecar.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.freshet.rules.edge.Budget;
import dev.freshet.rules.edge.Edge;
import dev.freshet.rules.edge.EdgeName;
import dev.freshet.rules.edge.EdgeOption;
import dev.freshet.rules.edge.EdgeType;
import dev.freshet.write.edge.PurgeCall;
import dev.freshet.write.edge.PurgeReply;
import dev.freshet.write.edge.webhook.WebhookPurger;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What {@code docs/edges.md} shows of a webhook's call is what one gets. */
class WebhookExampleTest {
    private static final Instant NOW = Instant.parse("2026-01-31T12:34:56.250Z");
    private static final PurgeCall CALL = new PurgeCall(
            "1c9d9c2e-6f0b-4a52-9e0f-6d5c0f1f3c77-hook-0-7", Edge.Kind.TAG, true, List.of("product-17", "category-3"));

    @Test
    void aCallHasTheHeadersAndTheBodyThatThePageShows() throws IOException, InterruptedException {
        List<String> sent = new ArrayList<>();
        HttpServer hook = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        hook.createContext("/freshet", exchange -> {
            for (String header : List.of("Idempotency-Key", "Freshet-Signature")) {
                sent.add(header + ": " + exchange.getRequestHeaders().getFirst(header));
            }
            sent.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        hook.start();
        try (WebhookPurger purger = new WebhookPurger(edge(hook.getAddress().getPort()), InstantSource.fixed(NOW))) {
            assertThat(purger.purge(CALL)).isEqualTo(new PurgeReply.Accepted());
        } finally {
            hook.stop(0);
        }

        assertThat(Files.readString(Path.of("../../docs/edges.md")))
                .contains(sent.get(0) + "\n" + sent.get(1) + "\n\n" + sent.get(2) + "\n");
    }

    private static Edge edge(int port) {
        EdgeType type = EdgeType.WEBHOOK;
        return new Edge(
                new EdgeName("hook"),
                type,
                false,
                Edge.DEFAULT_MAX_DELAY,
                type.gather(),
                Edge.DEFAULT_TIMEOUT,
                Edge.Outbox.LOG,
                Edge.OnGap.TELL,
                type.plans().getFirst(),
                Budget.AS_PLANNED,
                new EdgeOption.Members(Map.of(
                        "url",
                        new EdgeOption.Text("http://127.0.0.1:" + port + "/freshet"),
                        "secret",
                        new EdgeOption.Text("0123456789abcdef"))));
    }
}
