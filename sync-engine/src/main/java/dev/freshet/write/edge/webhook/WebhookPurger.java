package dev.freshet.write.edge.webhook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.rules.edge.Edge;
import dev.freshet.write.edge.EdgePurger;
import dev.freshet.write.edge.PurgeCall;
import dev.freshet.write.edge.PurgeReply;
import dev.freshet.write.edge.http.EdgeText;
import dev.freshet.write.edge.http.HttpAnswer;
import dev.freshet.write.edge.http.HttpCall;
import dev.freshet.write.edge.http.HttpCaller;
import dev.freshet.write.edge.http.StatusMeaning;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Posts {@code {"id": "...", "kind": "tag", "soft": false, "names": ["product-17"], "sent_at": "2026-11-28T08:00:00Z"}} to the edge's
 * {@code url}. {@code Idempotency-Key} is the id. With a {@code secret}, {@code Freshet-Signature} is {@code t=<seconds>,v1=<signature>}, see
 * {@link Signature}. Any 2xx is an acknowledgement.
 */
public final class WebhookPurger implements EdgePurger {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Edge edge;
    private final URI url;
    private final Optional<Signature> signature;
    private final InstantSource clock;
    private final StatusMeaning meaning;
    private final HttpCaller caller;

    public WebhookPurger(Edge edge, InstantSource clock) {
        this.edge = edge;
        EdgeText.address("url", edge.options().required("url"));
        this.url = URI.create(edge.options().required("url"));
        edge.options().named("headers").forEach(EdgeText::header);
        this.signature = edge.options().text("secret").map(Signature::new);
        this.clock = clock;
        this.meaning = new StatusMeaning(clock);
        this.caller = new HttpCaller(edge.timeout());
    }

    @Override
    public PurgeReply purge(PurgeCall call) throws InterruptedException {
        Instant now = clock.instant();
        String body = body(call, now);
        HttpCall post = HttpCall.post(url)
                .json(body)
                .with("Idempotency-Key", call.id())
                .withSecrets(edge.options().named("headers"))
                .hiding(url.toString())
                .hiding(url.getRawPath());
        HttpCall signed = signature
                .map(with -> post.with("Freshet-Signature", with.of(body, now)).hiding(with.secret()))
                .orElse(post);
        return caller.call(signed, this::reply);
    }

    /** Where nobody takes batches it is the address that is wrong, and not the batch. */
    private PurgeReply reply(HttpAnswer answer) {
        return switch (answer.status()) {
            case 404, 405, 410 -> new PurgeReply.Shut(answer.says());
            default -> meaning.of(answer, taken -> new PurgeReply.Accepted());
        };
    }

    private static String body(PurgeCall call, Instant now) {
        ObjectNode root = JSON.createObjectNode();
        root.put("id", call.id());
        root.put("kind", call.kind().word());
        root.put("soft", call.soft());
        ArrayNode names = root.putArray("names");
        call.names().forEach(names::add);
        root.put("sent_at", now.toString());
        try {
            return JSON.writeValueAsString(root);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of texts is always JSON", e);
        }
    }

    @Override
    public void close() {
        caller.close();
    }
}
