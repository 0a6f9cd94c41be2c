package dev.freshet.write.edge.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.rules.edge.Edge;
import dev.freshet.write.edge.CachedObjects;
import dev.freshet.write.edge.ScriptedProvider;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;

/** A receiver as the documentation asks for one: it believes what is signed and new, takes 300 KB and 500 names, and passes a batch on once. */
final class ScriptedReceiver extends ScriptedProvider {
    private final byte[] secret;
    private final InstantSource clock;
    private final Set<String> passedOn = new HashSet<>();

    ScriptedReceiver(String secret, InstantSource clock) {
        this.secret = secret.getBytes(StandardCharsets.UTF_8);
        this.clock = clock;
    }

    @Override
    protected synchronized MockResponse answer(RecordedRequest request, CachedObjects held) {
        String body = bodyOf(request);
        if (!signature(body).equals(request.getHeaders().get("Freshet-Signature"))) {
            return shut();
        }
        JsonNode batch = jsonOf(request);
        if (body.length() > 300_000 || batch.path("names").size() > 500) {
            return empty(413);
        }
        if (passedOn.add(request.getHeaders().get("Idempotency-Key"))) {
            Set<String> names = new HashSet<>();
            batch.path("names").forEach(name -> names.add(name.asText()));
            held.purge(
                    batch.path("soft").asBoolean(),
                    Edge.Kind.valueOf(batch.path("kind").asText().toUpperCase(Locale.ROOT)),
                    names);
        }
        return empty(204);
    }

    private String signature(String body) {
        String seconds = Long.toString(clock.instant().getEpochSecond());
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            byte[] proof = mac.doFinal((seconds + "." + body).getBytes(StandardCharsets.UTF_8));
            return "t=" + seconds + ",v1=" + HexFormat.of().formatHex(proof);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }

    @Override
    protected MockResponse limited() {
        return new MockResponse.Builder()
                .code(429)
                .addHeader("RateLimit-Reset", WAIT.toSeconds())
                .build();
    }

    @Override
    protected MockResponse shut() {
        return empty(401);
    }
}
