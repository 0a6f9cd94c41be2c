package dev.freshet.servers.edge;

import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.Set;

/** What an edge answers. */
public record EdgeAnswer(int status, String body, HttpHeaders headers) {
    /** What nginx calls it when the object came from its cache, a stale one too. */
    private static final Set<String> FROM_CACHE = Set.of("HIT", "STALE", "UPDATING");

    static EdgeAnswer of(HttpResponse<String> response) {
        return new EdgeAnswer(response.statusCode(), response.body(), response.headers());
    }

    /** Whether the object was in the edge's cache: Varnish then names the request that fetched it, nginx says so. */
    public boolean isHit() {
        boolean varnish =
                header("X-Varnish").filter(numbers -> numbers.contains(" ")).isPresent();
        return varnish || header("X-Cache-Status").filter(FROM_CACHE::contains).isPresent();
    }

    /** The first header of a name. */
    public Optional<String> header(String name) {
        return headers.firstValue(name);
    }
}
