package dev.freshet.write.edge.akamai;

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
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;

/** Purges by cache tags, URLs, or the CP codes that are everything. A soft purge invalidates, any other one deletes. */
public final class AkamaiPurger implements EdgePurger {
    /** Of a request's body, in bytes. */
    private static final int MOST = 50_000;

    private static final int CREATED = 201;

    private final String api;
    private final String network;
    private final List<String> cpCodes;
    private final EdgeGrid edgeGrid;
    private final StatusMeaning meaning;
    private final HttpCaller caller;

    public AkamaiPurger(Edge edge, InstantSource clock) {
        String host = edge.options().required("host");
        this.api = edge.options()
                .text("api")
                .map(address -> EdgeText.address("api", address))
                .orElseGet(() -> EdgeText.address("host", "https://" + host));
        this.network = edge.options().text("network").orElse("production");
        this.cpCodes = edge.options().texts("cpcodes");
        this.edgeGrid = new EdgeGrid(
                URI.create(api).getRawAuthority(),
                edge.options().required("client_token"),
                edge.options().required("client_secret"),
                edge.options().required("access_token"));
        this.meaning = new StatusMeaning(clock, RateLimit::wait);
        this.caller = new HttpCaller(edge.timeout());
    }

    @Override
    public PurgeReply purge(PurgeCall call) throws InterruptedException {
        HttpCall request = request(call);
        return request.body().getBytes(StandardCharsets.UTF_8).length > MOST
                ? new PurgeReply.TooLarge("more than " + MOST + " bytes")
                : caller.call(edgeGrid.signed(request), this::reply);
    }

    private HttpCall request(PurgeCall call) {
        return switch (call.kind()) {
            case TAG -> request(call, "tag").json(JsonNames.under("objects", call.names()));
            case URL -> request(call, "url").json(JsonNames.under("objects", call.names()));
            // They are numbers; what is none is left to Akamai to refuse.
            case ALL -> request(call, "cpcode").json("{\"objects\":[" + String.join(",", cpCodes) + "]}");
            case PREFIX, HOST ->
                throw new IllegalArgumentException(
                        "Akamai purges nothing by " + call.kind().word());
        };
    }

    private HttpCall request(PurgeCall call, String objects) {
        String method = call.soft() ? "invalidate" : "delete";
        return HttpCall.post(URI.create(api + "/ccu/v3/" + method + "/" + objects + "/" + network))
                .with("Accept", "application/json");
    }

    private PurgeReply reply(HttpAnswer answer) {
        return meaning.of(
                answer,
                taken -> taken.status() == CREATED ? new PurgeReply.Accepted() : StatusMeaning.unreadable(taken));
    }

    @Override
    public void close() {
        caller.close();
    }
}
