package dev.freshet.edges;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Cloudflare's purge API as a free plan grants it: a bucket of 25 calls that gets five back in a minute, and 100 tags a call. */
final class CloudflareZone implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final double BURST = 25;
    private static final double A_MINUTE = 5;
    private static final int MOST_TAGS = 100;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Set<String> purged = ConcurrentHashMap.newKeySet();
    private double tokens = BURST;
    private long filledAt = System.nanoTime();
    private int taken;
    private int refused;

    CloudflareZone() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/zones/z/purge_cache", this::answer);
        server.start();
    }

    String api() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    Set<String> purged() {
        return Set.copyOf(purged);
    }

    synchronized int taken() {
        return taken;
    }

    /** Calls above what is granted, or with too many tags. */
    synchronized int refused() {
        return refused;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            JsonNode tags =
                    JSON.readTree(exchange.getRequestBody().readAllBytes()).path("tags");
            boolean fits = tags.size() > 0 && tags.size() <= MOST_TAGS && takesOne();
            if (fits) {
                tags.forEach(tag -> purged.add(tag.asText()));
            } else {
                exchange.getResponseHeaders().set("Retry-After", "12");
            }
            byte[] body = ("{\"success\":" + fits + ",\"errors\":[],\"messages\":[],\"result\":{\"id\":\"z\"}}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(fits ? 200 : 429, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private synchronized boolean takesOne() {
        long now = System.nanoTime();
        tokens = Math.min(BURST, tokens + (now - filledAt) * A_MINUTE / TimeUnit.MINUTES.toNanos(1));
        filledAt = now;
        boolean granted = tokens >= 1;
        if (granted) {
            tokens--;
            taken++;
        } else {
            refused++;
        }
        return granted;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
