package dev.freshet.write.edge.nginx;

import dev.freshet.write.edge.CachedObjects;
import dev.freshet.write.edge.CachedObjects.CachedObject;
import dev.freshet.write.edge.CachedObjects.State;
import dev.freshet.write.edge.ScriptedProvider;
import java.util.function.Predicate;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;

/**
 * An nginx with ngx_cache_purge; its key is host, path and query, but that all of the host that it has by default is everything. It lets
 * in who bears a key.
 */
final class ScriptedNginx extends ScriptedProvider {
    private final String key;

    ScriptedNginx(String key) {
        this.key = key;
    }

    @Override
    protected MockResponse answer(RecordedRequest request, CachedObjects held) {
        if (!key.equals(request.getHeaders().get("X-Purge-Key"))) {
            return shut();
        }
        if (!request.getMethod().equals("PURGE")) {
            return empty(405);
        }
        String host = header(request, "Host").orElse("");
        boolean isDefault = host.startsWith("localhost");
        String named = host + request.getTarget();
        Predicate<CachedObject> condition = named.endsWith("*")
                ? object -> isDefault || object.withoutScheme().startsWith(named.substring(0, named.length() - 1))
                : object -> object.withoutScheme().equals(named);
        int before = held.in(State.GONE).size();
        held.purge(false, condition);
        return empty(held.in(State.GONE).size() > before ? 200 : 412);
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
        return empty(403);
    }
}
