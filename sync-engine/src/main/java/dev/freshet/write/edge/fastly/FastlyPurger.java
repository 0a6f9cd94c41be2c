package dev.freshet.write.edge.fastly;

import dev.freshet.rules.edge.Edge;
import dev.freshet.write.edge.EdgePurger;
import dev.freshet.write.edge.PurgeCall;
import dev.freshet.write.edge.PurgeReply;
import dev.freshet.write.edge.http.EdgeText;
import dev.freshet.write.edge.http.HttpAnswer;
import dev.freshet.write.edge.http.HttpCall;
import dev.freshet.write.edge.http.HttpCaller;
import dev.freshet.write.edge.http.JsonNames;
import dev.freshet.write.edge.http.PurgedUrl;
import dev.freshet.write.edge.http.SentNames;
import dev.freshet.write.edge.http.StatusMeaning;
import java.net.URI;
import java.time.InstantSource;
import java.util.Optional;

/** Purges one service by surrogate keys, its URLs, or all of it. */
public final class FastlyPurger implements EdgePurger {
    private final String api;
    private final String service;
    private final String token;
    private final StatusMeaning meaning;
    private final HttpCaller caller;

    public FastlyPurger(Edge edge, InstantSource clock) {
        this.api = EdgeText.address("api", edge.options().text("api").orElse("https://api.fastly.com"));
        this.service = edge.options().required("service");
        this.token = EdgeText.header("token", edge.options().required("token"));
        this.meaning = new StatusMeaning(clock);
        this.caller = new HttpCaller(edge.timeout());
    }

    @Override
    public PurgeReply purge(PurgeCall call) throws InterruptedException {
        Optional<PurgeReply> refused = SentNames.refusal(call);
        if (refused.isPresent()) {
            return refused.get();
        }
        HttpCall request = request(call).withSecret("Fastly-Key", token).with("Accept", "application/json");
        return caller.call(
                call.soft() ? request.with("Fastly-Soft-Purge", "1") : request, answer -> reply(call.kind(), answer));
    }

    private HttpCall request(PurgeCall call) {
        return switch (call.kind()) {
            case TAG -> HttpCall.post(of("/purge")).json(JsonNames.under("surrogate_keys", call.names()));
            case URL ->
                HttpCall.post(URI.create(
                        api + "/purge/" + PurgedUrl.of(call.names().getFirst()).withoutScheme()));
            case ALL -> HttpCall.post(of("/purge_all"));
            case PREFIX, HOST ->
                throw new IllegalArgumentException(
                        "Fastly purges nothing by " + call.kind().word());
        };
    }

    private URI of(String what) {
        return URI.create(api + "/service/" + service + what);
    }

    /** An answer that is no JSON came from somebody in between. A service that is not there is a mistake of the file. */
    private PurgeReply reply(Edge.Kind kind, HttpAnswer answer) {
        return answer.status() == 404 && kind != Edge.Kind.URL
                ? new PurgeReply.Shut(answer.says())
                : meaning.of(
                        answer,
                        taken ->
                                taken.json().isPresent() ? new PurgeReply.Accepted() : StatusMeaning.unreadable(taken));
    }

    @Override
    public void close() {
        caller.close();
    }
}
