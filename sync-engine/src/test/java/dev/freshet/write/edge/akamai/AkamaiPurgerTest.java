package dev.freshet.write.edge.akamai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.rules.edge.Edge;
import dev.freshet.rules.edge.EdgeOption;
import dev.freshet.rules.edge.EdgeType;
import dev.freshet.write.edge.EdgePurger;
import dev.freshet.write.edge.PurgeCall;
import dev.freshet.write.edge.PurgeReply;
import dev.freshet.write.edge.PurgerContract;
import dev.freshet.write.edge.ScriptedProvider;
import dev.freshet.write.edge.TestEdge;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.Test;

final class AkamaiPurgerTest extends PurgerContract {
    AkamaiPurgerTest() {
        super(EdgeType.AKAMAI);
    }

    @Override
    protected ScriptedProvider newProvider() {
        return new AkamaiProvider(SECRET);
    }

    @Override
    protected Map<String, EdgeOption> options(URI server, String secret) {
        Map<String, EdgeOption> options = new LinkedHashMap<>(TestEdge.texts(
                "host",
                "akab-host.luna.akamaiapis.net",
                "api",
                server.toString(),
                "client_token",
                AkamaiProvider.CLIENT_TOKEN,
                "client_secret",
                secret,
                "access_token",
                AkamaiProvider.ACCESS_TOKEN));
        options.put("cpcodes", new EdgeOption.Items(List.of(new EdgeOption.Text(AkamaiProvider.CP_CODE))));
        return options;
    }

    @Override
    protected EdgePurger purger(Edge edge, URI server) {
        return new AkamaiPurger(edge, CLOCK);
    }

    @Test
    void itIsTheNetworkOfTheFileThatIsPurged() throws Exception {
        AkamaiProvider provider = new AkamaiProvider(SECRET);
        try (MockWebServer server = started(provider)) {
            assertThat(reply(server, Map.of(), tags(1))).isEqualTo(new PurgeReply.Accepted());
            assertThat(provider.network()).isEqualTo("production");
            reply(server, TestEdge.texts("network", "staging"), tags(1));
            assertThat(provider.network()).isEqualTo("staging");
        }
    }

    @Test
    void aBucketThatIsSpentIsALimit() throws Exception {
        try (MockWebServer server = started(new AkamaiProvider(SECRET))) {
            for (int i = 0; i < 10; i++) {
                assertThat(reply(server, Map.of(), tags(500))).isEqualTo(new PurgeReply.Accepted());
            }
            assertThat(reply(server, Map.of(), tags(500))).isInstanceOf(PurgeReply.Limited.class);
        }
    }

    @Test
    void whatIsNotCreatedIsNoPurge() throws Exception {
        try (MockWebServer server = new MockWebServer()) {
            server.enqueue(ScriptedProvider.json(200, "{\"httpStatus\":201}"));
            server.start();
            assertThat(reply(server, Map.of(), tags(1))).isInstanceOf(PurgeReply.Failed.class);
        }
    }

    @Test
    void aTagThatNoObjectCanHaveIsRefused() throws Exception {
        try (MockWebServer server = started(new AkamaiProvider(SECRET))) {
            PurgeCall call = new PurgeCall("1", Edge.Kind.TAG, false, List.of("product:17"));
            assertThat(reply(server, Map.of(), call)).isInstanceOf(PurgeReply.Refused.class);
        }
    }

    private PurgeReply reply(MockWebServer server, Map<String, EdgeOption> more, PurgeCall call)
            throws InterruptedException {
        URI at = URI.create("http://localhost:" + server.getPort());
        Map<String, EdgeOption> options = new LinkedHashMap<>(options(at, SECRET));
        options.putAll(more);
        try (EdgePurger purger = purger(TestEdge.of(EdgeType.AKAMAI, Duration.ofSeconds(20), options), at)) {
            return purger.purge(call);
        }
    }

    private static MockWebServer started(AkamaiProvider provider) throws IOException {
        MockWebServer server = new MockWebServer();
        server.setDispatcher(provider);
        server.start();
        return server;
    }

    private static PurgeCall tags(int count) {
        return new PurgeCall(
                "1",
                Edge.Kind.TAG,
                false,
                IntStream.range(0, count).mapToObj(i -> "product-" + i).toList());
    }
}
