package dev.freshet.write.edge.fastly;

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

final class FastlyPurgerTest extends PurgerContract {
    FastlyPurgerTest() {
        super(EdgeType.FASTLY);
    }

    @Override
    protected ScriptedProvider newProvider() {
        return new ScriptedFastly(SECRET, CLOCK);
    }

    @Override
    protected Map<String, EdgeOption> options(URI server, String secret) {
        return TestEdge.texts("service", ScriptedFastly.SERVICE, "token", secret, "api", server.toString());
    }

    @Override
    protected EdgePurger purger(Edge edge, URI server) {
        return new FastlyPurger(edge, CLOCK);
    }

    @Test
    void aServiceThatIsNotThereIsForAPersonToMend() throws Exception {
        answerEverything(ScriptedProvider.json(404, "{\"msg\": \"Record not found\"}"));
        assertThat(reply(new PurgeCall("1", Edge.Kind.TAG, false, List.of("a"))))
                .isInstanceOf(PurgeReply.Shut.class);
        assertThat(reply(new PurgeCall("2", Edge.Kind.URL, false, List.of("https://elsewhere.example/"))))
                .isInstanceOf(PurgeReply.Refused.class);
    }

    @Test
    void anAnswerThatIsNotFastlysIsNone() throws Exception {
        answerEverything(ScriptedProvider.json(200, "<html>Sign in to the hotel's network</html>"));
        assertThat(reply(new PurgeCall("1", Edge.Kind.TAG, false, List.of("a"))))
                .isInstanceOf(PurgeReply.Failed.class);
    }
}
