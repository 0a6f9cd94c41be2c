package dev.freshet.write.edge.webhook;

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
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class WebhookPurgerTest extends PurgerContract {
    private static final PurgeCall CALL = new PurgeCall("batch-7", Edge.Kind.TAG, true, List.of("product-17"));

    WebhookPurgerTest() {
        super(EdgeType.WEBHOOK);
    }

    @Override
    protected ScriptedProvider newProvider() {
        return new ScriptedReceiver(SECRET, CLOCK);
    }

    @Override
    protected Map<String, EdgeOption> options(URI server, String secret) {
        return TestEdge.texts("url", server + "/hooks/" + secret, "secret", secret);
    }

    @Override
    protected EdgePurger purger(Edge edge, URI server) {
        return new WebhookPurger(edge, CLOCK);
    }

    @Test
    void aBatchSaysWhatItIs() throws Exception {
        answerEverything(ScriptedProvider.empty(204));
        reply(CALL);
        assertThat(sent())
                .contains("Idempotency-Key: batch-7\n")
                .endsWith("\n{\"id\":\"batch-7\",\"kind\":\"tag\",\"soft\":true,\"names\":[\"product-17\"],"
                        + "\"sent_at\":\"2026-11-20T10:00:00Z\"}");
    }

    @Test
    void aSignatureCoversTheTimeAndTheBody() {
        // printf %s '1763632800.{}' | openssl dgst -sha256 -hmac key
        assertThat(new Signature("key").of("{}", Instant.ofEpochSecond(1_763_632_800)))
                .isEqualTo("t=1763632800,v1=cc4e922673b1cb792e6d1520e3ccce457e29fba036f8aa319335e8d0eaf5a477");
    }

    @Test
    void withoutASecretNothingIsSigned() throws Exception {
        answerEverything(ScriptedProvider.empty(204));
        reply(TestEdge.texts("url", address() + "/hook"), CALL);
        assertThat(sent()).doesNotContain("Freshet-Signature");
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 405, 410})
    void aReceiverThatIsNotThereIsForAPersonToMend(int status) throws Exception {
        answerEverything(ScriptedProvider.empty(status));
        assertThat(reply(CALL)).isInstanceOf(PurgeReply.Shut.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 422})
    void aReceiverMayRefuseABatch(int status) throws Exception {
        answerEverything(ScriptedProvider.empty(status));
        assertThat(reply(CALL)).isInstanceOf(PurgeReply.Refused.class);
    }
}
