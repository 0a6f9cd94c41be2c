package dev.freshet.write.edge.akamai;

import com.akamai.edgegrid.signer.ClientCredential;
import com.akamai.edgegrid.signer.EdgeGridV1Signer;
import com.akamai.edgegrid.signer.Request;
import com.akamai.edgegrid.signer.exceptions.RequestSigningException;
import dev.freshet.write.edge.http.HttpCall;
import java.nio.charset.StandardCharsets;

/** Signs requests as Akamai's APIs want it. Safe on any thread. */
final class EdgeGrid {
    private final EdgeGridV1Signer signer = new EdgeGridV1Signer();
    private final ClientCredential client;

    /** @param host that requests are sent to, with its port where they name one */
    EdgeGrid(String host, String clientToken, String clientSecret, String accessToken) {
        this.client = ClientCredential.builder()
                .host(host)
                .clientToken(clientToken)
                .clientSecret(clientSecret)
                .accessToken(accessToken)
                .build();
    }

    /** The same with a signature, which is of this moment: each call needs its own. */
    HttpCall signed(HttpCall call) {
        Request request = Request.builder()
                .method(call.method())
                .uri(call.to())
                .body(call.body().getBytes(StandardCharsets.UTF_8))
                .build();
        try {
            return call.withSecret("Authorization", signer.getSignature(request, client))
                    .hiding(client.getClientToken())
                    .hiding(client.getClientSecret())
                    .hiding(client.getAccessToken());
        } catch (RequestSigningException e) {
            throw new IllegalStateException("every JDK can sign", e);
        }
    }
}
