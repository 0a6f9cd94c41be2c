package dev.freshet.write.edge.bunny;

import dev.freshet.write.edge.CachedObjects;
import dev.freshet.write.edge.ScriptedProvider;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;

/** bunny.net's API: one tag, or one whole URL, a call; a star at the end of a URL stands for whatever follows. */
final class ScriptedBunny extends ScriptedProvider {
    static final String ZONE = "4711";

    private static final String URL = "/purge?async=false&url=";

    private final String key;

    ScriptedBunny(String key) {
        this.key = key;
    }

    @Override
    protected MockResponse answer(RecordedRequest request, CachedObjects held) {
        if (!key.equals(request.getHeaders().get("AccessKey"))) {
            return shut();
        }
        String target = request.getTarget();
        if (!request.getMethod().equals("POST")) {
            return empty(405);
        }
        if (target.equals("/pullzone/" + ZONE + "/purgeCache")) {
            String tag = jsonOf(request).path("CacheTag").asText();
            held.purge(false, object -> tag.isEmpty() || object.tags().contains(tag));
            return empty(204);
        }
        if (target.startsWith(URL)) {
            return url(URLDecoder.decode(target.substring(URL.length()), StandardCharsets.UTF_8), held);
        }
        return json(404, "{\"Message\": \"The requested Pull Zone was not found\"}");
    }

    private static MockResponse url(String url, CachedObjects held) {
        if (!url.matches("https?://[^/]+/.*")) {
            return json(400, "{\"ErrorKey\": \"url\", \"Message\": \"The URL is not valid\"}");
        }
        held.purge(
                false,
                object -> url.endsWith("*")
                        ? object.url().toString().startsWith(url.substring(0, url.length() - 1))
                        : object.url().toString().equals(url));
        return empty(200);
    }

    @Override
    protected MockResponse limited() {
        return new MockResponse.Builder()
                .code(429)
                .addHeader("Retry-After", WAIT.toSeconds())
                .build();
    }

    @Override
    protected MockResponse shut() {
        return json(401, "{\"Message\": \"Authorization has been denied for this request.\"}");
    }
}
