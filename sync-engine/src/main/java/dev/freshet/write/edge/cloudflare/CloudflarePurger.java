package dev.freshet.write.edge.cloudflare;

import com.fasterxml.jackson.databind.JsonNode;
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
import dev.freshet.write.edge.http.StatusMeaning;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;

/** Purges one zone. An answer counts only where it says that it succeeded. */
public final class CloudflarePurger implements EdgePurger {
    /** What it says, with whatever status, of tokens that are wrong, expired or not for this zone, and of zones that are not there. */
    private static final Set<Integer> OF_THE_TOKEN =
            Set.of(6003, 6111, 7000, 7003, 9103, 9106, 9107, 9109, 10000, 10001);

    private final URI purge;
    private final String token;
    private final StatusMeaning meaning;
    private final HttpCaller caller;

    public CloudflarePurger(Edge edge, InstantSource clock) {
        String api = EdgeText.address("api", edge.options().text("api").orElse("https://api.cloudflare.com/client/v4"));
        this.purge = URI.create(api + "/zones/" + edge.options().required("zone") + "/purge_cache");
        this.token = EdgeText.header("token", edge.options().required("token"));
        this.meaning = new StatusMeaning(clock);
        this.caller = new HttpCaller(edge.timeout());
    }

    @Override
    public PurgeReply purge(PurgeCall call) throws InterruptedException {
        return caller.call(HttpCall.post(purge).withBearer(token).json(body(call)), this::reply);
    }

    private static String body(PurgeCall call) {
        return switch (call.kind()) {
            case TAG -> JsonNames.under("tags", call.names());
            case URL -> JsonNames.under("files", call.names());
            case PREFIX ->
                JsonNames.under(
                        "prefixes",
                        call.names().stream()
                                .map(name -> PurgedUrl.of(name).withoutScheme())
                                .toList());
            case HOST -> JsonNames.under("hosts", call.names());
            case ALL -> "{\"purge_everything\":true}";
        };
    }

    private PurgeReply reply(HttpAnswer answer) {
        Optional<JsonNode> json = answer.json();
        if (json.filter(CloudflarePurger::isOfTheToken).isPresent() && answer.status() != 429) {
            return new PurgeReply.Shut(answer.says());
        }
        return meaning.of(answer, taken -> {
            if (json.isEmpty() || !json.get().path("success").isBoolean()) {
                return StatusMeaning.unreadable(taken);
            }
            return json.get().path("success").asBoolean()
                    ? new PurgeReply.Accepted()
                    : new PurgeReply.Failed(Duration.ZERO, taken.says());
        });
    }

    private static boolean isOfTheToken(JsonNode json) {
        for (JsonNode error : json.path("errors")) {
            if (OF_THE_TOKEN.contains(error.path("code").asInt())) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void close() {
        caller.close();
    }
}
