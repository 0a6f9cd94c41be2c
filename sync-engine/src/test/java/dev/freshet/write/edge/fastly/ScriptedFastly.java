package dev.freshet.write.edge.fastly;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.write.edge.CachedObjects;
import dev.freshet.write.edge.ScriptedProvider;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Set;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;

/** Fastly's purge API: 256 keys of 1 KB a call, one URL without scheme a call. */
final class ScriptedFastly extends ScriptedProvider {
    static final String SERVICE = "SU1Z0isxPaozGVKXdv0eY";

    private final String token;
    private final InstantSource clock;

    ScriptedFastly(String token, InstantSource clock) {
        this.token = token;
        this.clock = clock;
    }

    @Override
    protected MockResponse answer(RecordedRequest request, CachedObjects held) {
        if (!token.equals(request.getHeaders().get("Fastly-Key"))) {
            return shut();
        }
        if (!request.getMethod().equals("POST")) {
            return json(405, "{\"msg\": \"Method not allowed\"}");
        }
        boolean softly = "1".equals(request.getHeaders().get("Fastly-Soft-Purge"));
        String target = request.getTarget();
        if (target.equals("/service/" + SERVICE + "/purge")) {
            return keys(jsonOf(request), softly, held);
        }
        if (target.equals("/service/" + SERVICE + "/purge_all")) {
            held.purge(false, object -> true);
            return json(200, "{\"status\": \"ok\"}");
        }
        if (target.startsWith("/purge/")) {
            held.purge(softly, object -> object.withoutScheme().equals(target.substring("/purge/".length())));
            return json(200, "{\"status\": \"ok\", \"id\": \"108-1391560174-974124\"}");
        }
        return json(404, "{\"msg\": \"Record not found\", \"detail\": \"Cannot load service\"}");
    }

    private static MockResponse keys(JsonNode body, boolean softly, CachedObjects held) {
        Set<String> keys = new HashSet<>();
        body.path("surrogate_keys").forEach(key -> keys.add(key.asText()));
        if (keys.isEmpty() || keys.size() > 256 || keys.stream().anyMatch(key -> key.length() > 1_024)) {
            return json(400, "{\"msg\": \"Bad request\", \"detail\": \"surrogate keys\"}");
        }
        held.purge(softly, object -> object.tags().stream().anyMatch(keys::contains));
        ObjectNode ids = newObject();
        keys.forEach(key -> ids.put(key, "108-1391560174-974124"));
        return json(200, ids.toString());
    }

    @Override
    protected MockResponse limited() {
        return new MockResponse.Builder()
                .code(429)
                .addHeader("Fastly-RateLimit-Remaining", "0")
                .addHeader("Fastly-RateLimit-Reset", clock.instant().plus(WAIT).getEpochSecond())
                .body("{\"msg\": \"Too many requests\"}")
                .build();
    }

    @Override
    protected MockResponse shut() {
        return json(401, "{\"msg\": \"Provided credentials are missing or invalid\"}");
    }
}
