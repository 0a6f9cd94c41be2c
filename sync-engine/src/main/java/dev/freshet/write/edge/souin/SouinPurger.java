package dev.freshet.write.edge.souin;

import dev.freshet.rules.edge.Edge;
import dev.freshet.write.edge.EdgePurger;
import dev.freshet.write.edge.PurgeCall;
import dev.freshet.write.edge.PurgeReply;
import dev.freshet.write.edge.http.HttpCall;
import dev.freshet.write.edge.http.HttpCaller;
import dev.freshet.write.edge.http.PurgedUrl;
import dev.freshet.write.edge.http.StatusMeaning;
import java.net.URI;
import java.time.InstantSource;
import java.util.Map;

/** Tells one node. A URL is purged under the key that Souin gives it unless it is configured otherwise: {@code GET-https-host-/path}. */
public final class SouinPurger implements EdgePurger {
    private final String api;
    private final Map<String, String> headers;
    private final StatusMeaning meaning;
    private final HttpCaller caller;

    /** @param node its address, {@code http://host:port} */
    public SouinPurger(Edge edge, String node, InstantSource clock) {
        this.api = node + edge.options().text("path").orElse("/souin-api/souin");
        this.headers = edge.options().named("headers");
        this.meaning = new StatusMeaning(clock);
        this.caller = new HttpCaller(edge.timeout());
    }

    @Override
    public PurgeReply purge(PurgeCall call) throws InterruptedException {
        return caller.call(
                request(call).withSecrets(headers), answer -> meaning.of(answer, taken -> new PurgeReply.Accepted()));
    }

    private HttpCall request(PurgeCall call) {
        return switch (call.kind()) {
            case TAG -> purge("/").with("Surrogate-Key", String.join(", ", call.names()));
            case URL -> {
                PurgedUrl url = PurgedUrl.of(call.names().getFirst());
                yield purge("/GET-" + url.scheme() + "-" + url.host() + "-" + url.path());
            }
            case ALL -> purge("/flush");
            case PREFIX, HOST -> throw new IllegalStateException("nobody refused a purge by " + call.kind() + " at Souin");
        };
    }

    private HttpCall purge(String path) {
        return new HttpCall("PURGE", URI.create(api + path));
    }

    @Override
    public void close() {
        caller.close();
    }
}
