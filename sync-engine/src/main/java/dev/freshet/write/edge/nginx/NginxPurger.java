package dev.freshet.write.edge.nginx;

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

/**
 * Tells one node. A beginning of URLs ends in {@code *}, which older releases of the module do not know. Everything is the beginning
 * {@code /*}: it is all of the host that the edge's {@code headers} may name, where keys begin with the host.
 */
public final class NginxPurger implements EdgePurger {
    private final String node;
    private final String method;
    private final Map<String, String> headers;
    private final StatusMeaning meaning;
    private final HttpCaller caller;

    /** @param node its address, {@code http://host:port} */
    public NginxPurger(Edge edge, String node, InstantSource clock) {
        this.node =
                EdgeText.address("nodes", node) + edge.options().text("path").orElse("");
        this.method = edge.options().text("method").orElse("PURGE");
        this.headers = edge.options().named("headers");
        headers.forEach(EdgeText::header);
        this.meaning = new StatusMeaning(clock);
        this.caller = HttpCaller.namingHosts(edge.timeout());
    }

    @Override
    public PurgeReply purge(PurgeCall call) throws InterruptedException {
        Optional<PurgeReply> refused = SentNames.refusal(call);
        return refused.isPresent() ? refused.get() : caller.call(request(call), this::reply);
    }

    private HttpCall request(PurgeCall call) {
        return switch (call.kind()) {
            case URL -> named(PurgedUrl.of(call.names().getFirst()), "");
            case PREFIX -> named(PurgedUrl.of(call.names().getFirst()), "*");
            case ALL -> at("/*");
            case TAG, HOST ->
                throw new IllegalArgumentException(
                        "nginx purges nothing by " + call.kind().word());
        };
    }

    private HttpCall named(PurgedUrl url, String ending) {
        HttpCall request = at(url.path() + ending);
        return url.host().isEmpty() ? request : request.with("Host", url.host());
    }

    private HttpCall at(String path) {
        return new HttpCall(method, URI.create(node + path)).withSecrets(headers);
    }

    /** 404 and 412: nothing of it was there. */
    private PurgeReply reply(HttpAnswer answer) {
        return switch (answer.status()) {
            case 404, 412 -> new PurgeReply.Accepted();
            case 405 -> new PurgeReply.Shut(answer.says());
            default -> meaning.of(answer, taken -> new PurgeReply.Accepted());
        };
    }

    @Override
    public void close() {
        caller.close();
    }
}
