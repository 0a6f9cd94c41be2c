package dev.freshet.sidecar.admin;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.freshet.write.EdgeState;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Answers {@code /health/live} (200 while the process runs), {@code /health/ready} (200 once changes stream, else 503) and
 * {@code /metrics} (Prometheus text).
 */
public final class AdminServer implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("freshet-admin").daemon().factory());

    /**
     * Listens at once.
     *
     * @throws IOException where the address cannot be bound
     */
    public AdminServer(InetSocketAddress listen, Health health, PrometheusMeterRegistry registry) throws IOException {
        server = HttpServer.create(listen, 0);
        server.setExecutor(thread);
        server.createContext("/health/live", exchange -> answer(exchange, 200, "application/json", "{\"live\":true}"));
        server.createContext("/health/ready", exchange -> {
            Health.Status status = health.status();
            answer(exchange, status.ready() ? 200 : 503, "application/json", json(status));
        });
        server.createContext(
                "/metrics", exchange -> answer(exchange, 200, "text/plain; version=0.0.4", registry.scrape()));
        server.start();
    }

    private static String json(Health.Status status) throws IOException {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("ready", status.ready());
        members.put("source", status.source());
        members.put("target", status.target());
        members.put("queries", status.queries());
        status.lagBytes().ifPresent(bytes -> members.put("lag_bytes", bytes));
        status.retainedBytes().ifPresent(bytes -> members.put("retained_bytes", bytes));
        members.put("above_max_lag", status.isAboveMaxLag());
        if (!status.edges().lanes().isEmpty()) {
            members.put(
                    "edges",
                    status.edges().lanes().stream().map(AdminServer::members).toList());
            members.put("unseen_purges", status.edges().unseen());
            members.put("stored_purges", status.edges().stored());
        }
        return JSON.writeValueAsString(members);
    }

    private static Map<String, Object> members(EdgeState edge) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("edge", edge.lane().edge().text());
        if (!edge.lane().node().isEmpty()) {
            members.put("node", edge.lane().node());
        }
        members.put("state", edge.condition());
        members.put("waiting", edge.waiting());
        members.put("parked", edge.parked());
        members.put("oldest_seconds", edge.oldest().toMillis() / 1e3);
        members.put("behind", edge.isBehind());
        return members;
    }

    private static void answer(HttpExchange exchange, int status, String type, String body) throws IOException {
        try (exchange) {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    /** The port it listens on, also where 0 was asked for. */
    public int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        thread.shutdownNow();
    }
}
