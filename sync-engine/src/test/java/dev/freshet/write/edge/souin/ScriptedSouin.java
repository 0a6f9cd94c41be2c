package dev.freshet.write.edge.souin;

import dev.freshet.write.edge.CachedObjects;
import dev.freshet.write.edge.CachedObjects.CachedObject;
import dev.freshet.write.edge.ScriptedProvider;
import java.util.Set;
import java.util.regex.Pattern;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;

/** A Souin behind a proxy that ends TLS, half of whose answers vary; it lets in who bears a token, and its keys have decoded paths. */
final class ScriptedSouin extends ScriptedProvider {
    private static final String API = "/souin-api/souin/";

    private final String token;

    ScriptedSouin(String token) {
        this.token = token;
    }

    @Override
    protected MockResponse answer(RecordedRequest request, CachedObjects held) {
        if (!token.equals(request.getHeaders().get("Authorization"))) {
            return shut();
        }
        String target = request.getTarget();
        if (!target.startsWith(API) || !request.getMethod().equals("PURGE")) {
            return empty(404);
        }
        String asked = target.substring(API.length());
        if (asked.isEmpty()) {
            Set<String> tags =
                    Set.of(header(request, "Surrogate-Key").orElse("").split(", "));
            if (header(request, "Surrogate-Key").orElse("").length() > 8 * 1_024) {
                return empty(431);
            }
            held.purge(false, object -> object.tags().stream().anyMatch(tags::contains));
        } else if (asked.equals("flush")) {
            held.purge(false, object -> true);
        } else {
            Pattern pattern = Pattern.compile(asked);
            held.purge(false, object -> pattern.matcher(key(object)).find());
        }
        return empty(204);
    }

    private static String key(CachedObject object) {
        String query =
                object.url().getRawQuery() == null ? "" : "?" + object.url().getRawQuery();
        String vary = object.tags().contains("product-17") ? "{-VARY-}Accept-Encoding:gzip" : "";
        return "GET-http-" + object.url().getHost() + "-" + object.url().getPath() + query + vary;
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
        return empty(401);
    }
}
