package dev.freshet.sidecar.demo.edge;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.regex.Pattern;

/**
 * Keeps the pages of one origin, on a loopback port. {@code Cache-Status} says of each page where it comes from, {@code Age} how
 * many seconds ago it left the origin; the tags stay here.
 */
public final class EdgeServer implements AutoCloseable {
    private static final int MOST_PAGES = 10_000;

    private static final List<String> FOR_READERS = List.of("content-type", "cache-control", "etag");

    private final PageCache cache = new PageCache(MOST_PAGES, System::nanoTime);
    private final PageClient origin;
    private final LoopbackServer server;

    /**
     * Listens at once.
     *
     * @param port 0 takes a free one
     */
    public EdgeServer(int port, PageClient origin) throws IOException {
        this.origin = origin;
        this.server = new LoopbackServer(port, "demo-edge", this::handle);
    }

    public int port() {
        return server.port();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            switch (exchange.getRequestMethod()) {
                case "GET" -> get(exchange);
                case "PURGE" -> purge(exchange);
                case "BAN" -> ban(exchange);
                default -> exchange.sendResponseHeaders(405, -1);
            }
        }
    }

    private void get(HttpExchange exchange) throws IOException {
        Served served;
        try {
            served = page(exchange.getRequestURI().toString());
        } catch (IOException | CompletionException noAnswer) {
            exchange.sendResponseHeaders(502, -1);
            return;
        }
        var reply = served.reply();
        var headers = exchange.getResponseHeaders();
        FOR_READERS.forEach(name -> reply.header(name).ifPresent(value -> headers.set(name, value)));
        headers.set("age", Long.toString(served.age().toSeconds()));
        headers.set("cache-status", served.kept() ? "edge; hit" : "edge; fwd=miss");
        var kept = asked(exchange, "if-none-match");
        if (kept.isPresent() && kept.equals(reply.etag())) {
            exchange.sendResponseHeaders(304, -1);
        } else {
            send(exchange, reply);
        }
    }

    private Served page(String path) throws IOException {
        return switch (cache.look(path)) {
            case Lookup.Hit hit -> hit.served();
            case Lookup.Join join -> join.answer().join();
            case Lookup.Miss miss -> ask(miss.fetch());
        };
    }

    private Served ask(Fetch fetch) throws IOException {
        try {
            cache.arrived(fetch, origin.get(fetch.path(), fetch.etag()));
        } catch (IOException | RuntimeException e) {
            cache.failed(fetch, e);
            throw e;
        }
        return fetch.answer().join();
    }

    private static void send(HttpExchange exchange, Reply reply) throws IOException {
        var body = reply.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
    }

    private void purge(HttpExchange exchange) throws IOException {
        var hard = asked(exchange, "xkey-purge").map(Reply::words);
        var soft = asked(exchange, "xkey-softpurge").map(Reply::words);
        if (hard.isEmpty() && soft.isEmpty()) {
            exchange.sendResponseHeaders(400, -1);
            return;
        }
        int purged =
                hard.map(cache::purge).orElse(0) + soft.map(cache::softPurge).orElse(0);
        exchange.getResponseHeaders().set("xkey-purged", Integer.toString(purged));
        exchange.sendResponseHeaders(200, -1);
    }

    /** Which of its names the pages have does not matter: it keeps those of one host. */
    private void ban(HttpExchange exchange) throws IOException {
        var paths = asked(exchange, "ban-url");
        paths.map(Pattern::compile).ifPresent(cache::ban);
        exchange.sendResponseHeaders(paths.isPresent() ? 200 : 400, -1);
    }

    private static Optional<String> asked(HttpExchange exchange, String header) {
        return Optional.ofNullable(exchange.getRequestHeaders().getFirst(header));
    }

    @Override
    public void close() {
        server.close();
    }
}
