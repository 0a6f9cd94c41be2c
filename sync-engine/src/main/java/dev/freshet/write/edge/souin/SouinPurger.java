package dev.freshet.write.edge.souin;

import dev.freshet.rules.edge.Edge;
import dev.freshet.write.edge.EdgePurger;
import dev.freshet.write.edge.PurgeCall;
import dev.freshet.write.edge.PurgeReply;
import dev.freshet.write.edge.http.EdgeText;
import dev.freshet.write.edge.http.HttpAnswer;
import dev.freshet.write.edge.http.HttpCall;
import dev.freshet.write.edge.http.HttpCaller;
import dev.freshet.write.edge.http.PurgedUrl;
import dev.freshet.write.edge.http.SentNames;
import dev.freshet.write.edge.http.StatusMeaning;
import java.net.URI;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/** Tells one node. */
public final class SouinPurger implements EdgePurger {
    private final String api;
    private final Map<String, String> headers;
    private final StatusMeaning meaning;
    private final HttpCaller caller;

    /** @param node its address, {@code http://host:port} */
    public SouinPurger(Edge edge, String node, InstantSource clock) {
        this.api = EdgeText.address("nodes", node) + edge.options().text("path").orElse("/souin-api/souin");
        this.headers = edge.options().named("headers");
        headers.forEach(EdgeText::header);
        this.meaning = new StatusMeaning(clock);
        this.caller = new HttpCaller(edge.timeout());
    }

    @Override
    public PurgeReply purge(PurgeCall call) throws InterruptedException {
        Optional<PurgeReply> refused = SentNames.refusal(call);
        return refused.isPresent() ? refused.get() : caller.call(request(call).withSecrets(headers), this::reply);
    }

    private HttpCall request(PurgeCall call) {
        return switch (call.kind()) {
            case TAG -> purge("/").with("Surrogate-Key", String.join(", ", call.names()));
            case URL ->
                purge("/" + StoredKey.patternOf(PurgedUrl.of(call.names().getFirst())));
            case ALL -> purge("/flush");
            case PREFIX, HOST ->
                throw new IllegalArgumentException(
                        "Souin purges nothing by " + call.kind().word());
        };
    }

    private HttpCall purge(String path) {
        return new HttpCall("PURGE", URI.create(api + path));
    }

    /** Its API finds everything, even nothing: where it is not found, it is somewhere else or switched off. */
    private PurgeReply reply(HttpAnswer answer) {
        return switch (answer.status()) {
            case 404, 405 -> new PurgeReply.Shut(answer.says());
            default -> meaning.of(answer, taken -> new PurgeReply.Accepted());
        };
    }

    @Override
    public void close() {
        caller.close();
    }
}
