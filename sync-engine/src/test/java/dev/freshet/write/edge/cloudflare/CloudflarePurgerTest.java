package dev.freshet.write.edge.cloudflare;

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
import org.junit.jupiter.params.provider.CsvSource;

final class CloudflarePurgerTest extends PurgerContract {
    private static final PurgeCall CALL = new PurgeCall("1", Edge.Kind.TAG, false, List.of("a"));

    CloudflarePurgerTest() {
        super(EdgeType.CLOUDFLARE);
    }

    @Override
    protected ScriptedProvider newProvider() {
        return new ScriptedCloudflare(SECRET);
    }

    @Override
    protected Map<String, EdgeOption> options(URI server, String secret) {
        return TestEdge.texts("zone", ScriptedCloudflare.ZONE, "token", secret, "api", server + "/client/v4");
    }

    @Override
    protected EdgePurger purger(Edge edge, URI server) {
        return new CloudflarePurger(edge, CLOCK);
    }

    @ParameterizedTest
    @CsvSource({"400, 6003", "400, 10000", "403, 9109", "200, 10000", "404, 7003"})
    void aTokenOrAZoneThatIsWrongIsForAPersonToMend(int status, int code) throws Exception {
        answerEverything(ScriptedCloudflare.error(status, code, "said in words"));
        assertThat(reply(CALL)).isInstanceOf(PurgeReply.Shut.class);
    }

    @Test
    void aStatusOf200IsNotASuccess() throws Exception {
        answerEverything(ScriptedCloudflare.error(200, 1134, "Unable to purge"));
        assertThat(reply(CALL))
                .isInstanceOfSatisfying(
                        PurgeReply.Failed.class,
                        failed -> assertThat(failed.reason()).contains("Unable to purge"));
    }

    @Test
    void anAnswerThatSaysNothingOfSuccessIsNone() throws Exception {
        answerEverything(ScriptedProvider.json(200, "{\"result\": {}}"));
        assertThat(reply(CALL)).isInstanceOf(PurgeReply.Failed.class);
    }
}
