package dev.freshet.write.edge.bunny;

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

final class BunnyPurgerTest extends PurgerContract {
    BunnyPurgerTest() {
        super(EdgeType.BUNNY);
    }

    @Override
    protected ScriptedProvider newProvider() {
        return new ScriptedBunny(SECRET);
    }

    @Override
    protected Map<String, EdgeOption> options(URI server, String secret) {
        return TestEdge.texts("zone", ScriptedBunny.ZONE, "token", secret, "api", server.toString());
    }

    @Override
    protected EdgePurger purger(Edge edge, URI server) {
        return new BunnyPurger(edge, CLOCK);
    }

    @Test
    void aZoneThatIsNotThereIsForAPersonToMend() throws Exception {
        answerEverything(ScriptedProvider.json(404, "{\"Message\": \"The requested Pull Zone was not found\"}"));
        assertThat(reply(new PurgeCall("1", Edge.Kind.TAG, false, List.of("a"))))
                .isInstanceOf(PurgeReply.Shut.class);
        assertThat(reply(new PurgeCall("2", Edge.Kind.URL, false, List.of("https://elsewhere.example/"))))
                .isInstanceOf(PurgeReply.Refused.class);
    }
}
