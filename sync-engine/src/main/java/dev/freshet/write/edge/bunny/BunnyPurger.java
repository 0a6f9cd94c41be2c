package dev.freshet.write.edge.bunny;

import dev.freshet.rules.edge.Edge;
import dev.freshet.write.edge.EdgePurger;
import dev.freshet.write.edge.PurgeCall;
import dev.freshet.write.edge.PurgeReply;
import dev.freshet.write.edge.http.EdgeText;
import dev.freshet.write.edge.http.HttpAnswer;
import dev.freshet.write.edge.http.HttpCall;
import dev.freshet.write.edge.http.HttpCaller;
import dev.freshet.write.edge.http.JsonNames;
import dev.freshet.write.edge.http.StatusMeaning;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;

/**
 * Purges one pull zone; one name a call. It is all that a provider takes: a line of {@link dev.freshet.rules.edge.EdgeType} says what
 * it can, what it grants and which keys a file must have; this class says a call in its words and reads its answer; a line of the
 * sidecar names both together, and the compiler asks for it; its scripted server passes the contract of all adapters.
 */
public final class BunnyPurger implements EdgePurger {
    private final String api;
    private final String zone;
    private final String token;
    private final StatusMeaning meaning;
    private final HttpCaller caller;

    public BunnyPurger(Edge edge, InstantSource clock) {
        this.api = EdgeText.address("api", edge.options().text("api").orElse("https://api.bunny.net"));
        this.zone = edge.options().required("zone");
        this.token = EdgeText.header("token", edge.options().required("token"));
        this.meaning = new StatusMeaning(clock);
        this.caller = new HttpCaller(edge.timeout());
    }

    @Override
    public PurgeReply purge(PurgeCall call) throws InterruptedException {
        return caller.call(request(call).withSecret("AccessKey", token), answer -> reply(call.kind(), answer));
    }

    private HttpCall request(PurgeCall call) {
        return switch (call.kind()) {
            case TAG -> ofZone().json(JsonNames.under("CacheTag", call.names().getFirst()));
            case URL -> ofUrl(call.names().getFirst());
            case PREFIX -> ofUrl(withScheme(call.names().getFirst()) + "*");
            case ALL -> ofZone();
            case HOST -> throw new IllegalArgumentException("bunny.net purges nothing by host");
        };
    }

    /** A URL without one is none to it. */
    private static String withScheme(String prefix) {
        return prefix.contains("://") ? prefix : "https://" + prefix;
    }

    private HttpCall ofZone() {
        return HttpCall.post(URI.create(api + "/pullzone/" + zone + "/purgeCache"));
    }

    private HttpCall ofUrl(String url) {
        return HttpCall.post(
                URI.create(api + "/purge?async=false&url=" + URLEncoder.encode(url, StandardCharsets.UTF_8)));
    }

    /** A zone that is not there is a mistake of the file; a URL that is not there, of a rule. */
    private PurgeReply reply(Edge.Kind kind, HttpAnswer answer) {
        boolean isOfZone = kind == Edge.Kind.TAG || kind == Edge.Kind.ALL;
        return answer.status() == 404 && isOfZone
                ? new PurgeReply.Shut(answer.says())
                : meaning.of(answer, taken -> new PurgeReply.Accepted());
    }

    @Override
    public void close() {
        caller.close();
    }
}
