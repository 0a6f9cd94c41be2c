package dev.freshet.write.edge.nginx;

import dev.freshet.rules.edge.Edge;
import dev.freshet.write.edge.EdgePurger;
import dev.freshet.write.edge.PurgeCall;
import dev.freshet.write.edge.PurgeReply;
import dev.freshet.write.edge.http.HttpAnswer;
import dev.freshet.write.edge.http.HttpCall;
import dev.freshet.write.edge.http.HttpCaller;
import dev.freshet.write.edge.http.PurgedUrl;
import dev.freshet.write.edge.http.StatusMeaning;
import java.net.URI;
import java.time.InstantSource;
import java.util.Map;

/** Tells one node. A beginning of URLs ends in {@code *}, which older releases of the module do not know. */
public final class NginxPurger implements EdgePurger {
    private final String node;
    private final String method;
    private final Map<String, String> headers;
    private final StatusMeaning meaning;
    private final HttpCaller caller;

    /** @param node its address, {@code http://host:port} */
    public NginxPurger(Edge edge, String node, InstantSource clock) {
        this.node = node + edge.options().text("path").orElse("");
        this.method = edge.options().text("method").orElse("PURGE");
        this.headers = edge.options().named("headers");
        this.meaning = new StatusMeaning(clock);
        this.caller = HttpCaller.namingHosts(edge.timeout());
    }

    @Override
    public PurgeReply purge(PurgeCall call) throws InterruptedException {
        return caller.call(request(call).withSecrets(headers), this::reply);
    }

    private HttpCall request(PurgeCall call) {
        return switch (call.kind()) {
            case URL -> named(PurgedUrl.of(call.names().getFirst()), "");
            case PREFIX -> named(PurgedUrl.of(call.names().getFirst()), "*");
            case ALL -> new HttpCall(method, URI.create(node + "/*"));
            case TAG, HOST -> throw new IllegalStateException("nobody refused a purge by " + call.kind() + " at nginx");
        };
    }

    private HttpCall named(PurgedUrl url, String ending) {
        HttpCall request = new HttpCall(method, URI.create(node + url.path() + ending));
        return url.host().isEmpty() ? request : request.with("Host", url.host());
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
