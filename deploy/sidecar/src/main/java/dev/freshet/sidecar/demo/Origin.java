package dev.freshet.sidecar.demo;

import com.sun.net.httpserver.HttpExchange;
import dev.freshet.sidecar.demo.edge.LoopbackServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The shop's web server: {@code /p/17} is the entry of the cache that Freshet keeps, or the row where there is no entry. It
 * lets the edge in front of it keep a page for so long, under the tag that Freshet purges.
 */
final class Origin implements AutoCloseable {
    private static final Pattern PAGE = Pattern.compile("/p/([0-9]{1,18})");

    private final CacheConnection cache;
    private final ProductQuery database;
    private final Duration lifetime;
    private final LoopbackServer server;

    /** Listens at once. */
    Origin(int port, CacheConnection cache, PostgresServer database, Duration lifetime)
            throws IOException, SQLException {
        this.cache = cache;
        this.database = new ProductQuery(database);
        this.lifetime = lifetime;
        this.server = new LoopbackServer(port, "demo-origin", this::answer);
    }

    static String path(long id) {
        return "/p/" + id;
    }

    int port() {
        return server.port();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var asked = PAGE.matcher(exchange.getRequestURI().getPath());
            var page = asked.matches() ? page(Long.parseLong(asked.group(1))) : Optional.<String>empty();
            if (page.isPresent()) {
                send(exchange, Long.parseLong(asked.group(1)), page.get());
            } else {
                exchange.getResponseHeaders().set("Cache-Control", "no-store");
                exchange.sendResponseHeaders(404, -1);
            }
        }
    }

    private Optional<String> page(long id) {
        return cache.get(FreshetTwin.key(id)).or(() -> row(id));
    }

    /** Seldom asked, so one connection is enough. */
    private Optional<String> row(long id) {
        synchronized (database) {
            return database.row(id);
        }
    }

    private void send(HttpExchange exchange, long id, String page) throws IOException {
        var etag = "\"%d\"".formatted(ProductEntry.revision(page));
        var headers = exchange.getResponseHeaders();
        headers.set("Content-Type", "application/json");
        headers.set("Cache-Control", "public, max-age=0, s-maxage=%d".formatted(lifetime.toSeconds()));
        headers.set("ETag", etag);
        headers.set("xkey", "product-%d".formatted(id));
        if (etag.equals(exchange.getRequestHeaders().getFirst("If-None-Match"))) {
            exchange.sendResponseHeaders(304, -1);
            return;
        }
        var body = page.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() throws SQLException {
        server.close();
        database.close();
    }
}
