package dev.freshet.write.edge.souin;

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

final class SouinPurgerTest extends PurgerContract {
    SouinPurgerTest() {
        super(EdgeType.SOUIN);
    }

    @Override
    protected ScriptedProvider newProvider() {
        return new ScriptedSouin(SECRET);
    }

    @Override
    protected Map<String, EdgeOption> options(URI server, String secret) {
        return Map.of("headers", new EdgeOption.Members(TestEdge.texts("Authorization", secret)));
    }

    @Override
    protected EdgePurger purger(Edge edge, URI server) {
        return new SouinPurger(edge, server.toString(), CLOCK);
    }

    @Test
    void anApiThatIsNotThereIsForAPersonToMend() throws Exception {
        answerEverything(ScriptedProvider.empty(404));
        assertThat(reply(new PurgeCall("1", Edge.Kind.TAG, false, List.of("a"))))
                .isInstanceOf(PurgeReply.Shut.class);
    }

    @Test
    void anApiMayStandElsewhere() throws Exception {
        answerEverything(ScriptedProvider.empty(204));
        reply(TestEdge.texts("path", "/edge/keys"), new PurgeCall("1", Edge.Kind.ALL, false, List.of()));
        assertThat(sent()).startsWith("PURGE /edge/keys/flush ");
    }
}
