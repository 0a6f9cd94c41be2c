package dev.freshet.write.edge.nginx;

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
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NginxPurgerTest extends PurgerContract {
    NginxPurgerTest() {
        super(EdgeType.NGINX);
    }

    @Override
    protected ScriptedProvider newProvider() {
        return new ScriptedNginx(SECRET);
    }

    @Override
    protected Map<String, EdgeOption> options(URI server, String secret) {
        return Map.of("headers", new EdgeOption.Members(TestEdge.texts("X-Purge-Key", secret)));
    }

    @Override
    protected EdgePurger purger(Edge edge, URI server) {
        return new NginxPurger(edge, server.toString(), CLOCK);
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 412})
    void whatIsNotThereIsPurged(int status) throws Exception {
        answerEverything(ScriptedProvider.empty(status));
        assertThat(reply(new PurgeCall("1", Edge.Kind.URL, false, List.of("https://shop.example/p/17"))))
                .isEqualTo(new PurgeReply.Accepted());
    }

    @Test
    void aPurgeThatIsQueuedIsTaken() throws Exception {
        answerEverything(ScriptedProvider.empty(202));
        assertThat(reply(new PurgeCall("1", Edge.Kind.ALL, false, List.of()))).isEqualTo(new PurgeReply.Accepted());
    }

    @Test
    void aPlaceForPurgesStandsBeforeThePath() throws Exception {
        answerEverything(ScriptedProvider.empty(200));
        reply(
                TestEdge.texts("path", "/purge", "method", "GET"),
                new PurgeCall("1", Edge.Kind.PREFIX, false, List.of("https://shop.example/c/3/?a=b")));
        assertThat(sent()).startsWith("GET /purge/c/3/?a=b* ").containsIgnoringCase("host: shop.example\n");
    }
}
